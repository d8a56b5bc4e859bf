import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogGroup, type GroupInput } from "../authorized-log-group.ts";
import { parseFilterPattern } from "../filter-pattern.ts";
import { MAX_EVENTS, type PageInput, pageOptions } from "../page-input.ts";
import { isWithin, type TimeRange } from "../time-range.ts";
import type { LogsContext } from "./context.ts";

interface Input extends GroupInput, TimeRange, PageInput {
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly filterPattern?: string;
}

export const filterLogEvents =
  ({ store }: LogsContext) =>
  (input: Input, call: Call): object => {
    const group = authorizedLogGroup(store, input, call, "logs:FilterLogEvents");
    const matches = parseFilterPattern(input.filterPattern);
    const within = isWithin(input);
    const events = store
      .streams(group.name)
      .filter(({ name }) => input.logStreamNames?.includes(name) ?? name.startsWith(input.logStreamNamePrefix ?? ""))
      .flatMap(({ name }) => store.events(group.name, name).map((event) => ({ ...event, logStreamName: name })))
      .filter((event) => within(event) && matches(event.message))
      .sort((a, b) => a.timestamp - b.timestamp);
    const { page, next } = paginate(events, pageOptions(input, MAX_EVENTS));
    return { events: page, searchedLogStreams: [], nextToken: next };
  };
