import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogStream, type StreamInput } from "../authorized-log-stream.ts";
import type { StoredEvent } from "../log-store.ts";
import { MAX_EVENTS, type PageInput } from "../page-input.ts";
import { isWithin, type TimeRange } from "../time-range.ts";
import type { LogsContext } from "./context.ts";

interface Input extends StreamInput, TimeRange, PageInput {
  readonly startFromHead?: boolean;
}

export const getLogEvents =
  ({ store }: LogsContext) =>
  (input: Input, call: Call): object => {
    const { group, name } = authorizedLogStream(store, input, call, "logs:GetLogEvents");
    return page(store.events(group, name).filter(isWithin(input)), input);
  };

/**
 * Unlike other tokens, these name a position between two events and a direction: the forward token of the last page
 * stays the same until more events arrive, which is how clients detect the end.
 */
function page(events: readonly StoredEvent[], { limit = MAX_EVENTS, nextToken, startFromHead = false }: Input): object {
  const position = nextToken === undefined ? undefined : Number(nextToken.slice(2));
  const backward = nextToken === undefined ? !startFromHead : nextToken.startsWith("b/");
  const end = backward ? (position ?? events.length) : Math.min((position ?? 0) + limit, events.length);
  const start = backward ? Math.max(end - limit, 0) : (position ?? 0);
  return {
    events: events
      .slice(start, end)
      .map(({ timestamp, ingestionTime, message }) => ({ timestamp, ingestionTime, message })),
    nextForwardToken: `f/${end}`,
    nextBackwardToken: `b/${start}`,
  };
}
