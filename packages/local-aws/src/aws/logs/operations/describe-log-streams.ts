import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { logStreamArn } from "../arns.ts";
import { authorizedLogGroup, type GroupInput } from "../authorized-log-group.ts";
import type { LogStream, StoredEvent } from "../log-store.ts";
import { MAX_DESCRIBED, type PageInput, pageOptions } from "../page-input.ts";
import type { LogsContext } from "./context.ts";

interface Input extends GroupInput, PageInput {
  readonly logStreamNamePrefix?: string;
  readonly orderBy?: string;
  readonly descending?: boolean;
}

export const describeLogStreams =
  ({ store }: LogsContext) =>
  (input: Input, call: Call): object => {
    const group = authorizedLogGroup(store, input, call, "logs:DescribeLogStreams");
    const streams = store
      .streams(group.name)
      .filter(({ name }) => name.startsWith(input.logStreamNamePrefix ?? ""))
      .map((stream) => describe(stream, store.events(stream.group, stream.name)));
    streams.sort((a, b) =>
      input.orderBy === "LastEventTime"
        ? (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0)
        : a.logStreamName < b.logStreamName
          ? -1
          : 1,
    );
    if (input.descending) streams.reverse();
    const { page, next } = paginate(streams, pageOptions(input, MAX_DESCRIBED));
    return { logStreams: page, nextToken: next };
  };

function describe({ group, name, creationTime }: LogStream, events: readonly StoredEvent[]) {
  return {
    logStreamName: name,
    creationTime,
    firstEventTimestamp: events[0]?.timestamp,
    lastEventTimestamp: events.at(-1)?.timestamp,
    lastIngestionTime: events.at(-1)?.ingestionTime,
    arn: logStreamArn(group, name),
    storedBytes: 0,
  };
}
