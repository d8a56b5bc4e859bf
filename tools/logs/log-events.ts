import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";

export interface LogEvent {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly stream: string;
  readonly message: string;
}

/** What to read. */
export interface LogQuery {
  readonly group: string;
  /** A filter pattern: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
  readonly filter: string | undefined;
}

type Client = Pick<CloudWatchLogsClient, "send">;

const MINUTE = 60_000;
/** Without a start, the newest events are searched in longer and longer times before now. */
const WINDOWS = [10 * MINUTE, 60 * MINUTE, 24 * 60 * MINUTE, 14 * 24 * 60 * MINUTE];
/** CloudWatch Logs delivers events up to some seconds late, so those are read again. */
const LATE = 10_000;

/** Every event since a time, in the order of time. */
export async function eventsSince(client: Client, query: LogQuery, startTime: number): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new FilterLogEventsCommand({
        logGroupName: query.group,
        startTime,
        nextToken,
        ...(query.filter !== undefined && { filterPattern: query.filter }),
      }),
    );
    events.push(...(page.events ?? []).map(eventOf));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events.sort((one, other) => one.timestamp - other.timestamp);
}

/** The newest events, at most `count`, in the order of time. */
export async function newestEvents(client: Client, query: LogQuery, count: number, now: number): Promise<LogEvent[]> {
  let events: LogEvent[] = [];
  for (const window of WINDOWS) {
    events = await eventsSince(client, query, now - window);
    if (events.length >= count) break;
  }
  return events.slice(-count);
}

export interface FollowOptions {
  /** The events that were printed already. */
  readonly printed: readonly LogEvent[];
  now(): number;
  /** Waits before the next request. @returns whether to go on. */
  wait(): Promise<boolean>;
}

/** Yields each new event once, until `wait` ends it. */
export async function* followEvents(
  client: Client,
  query: LogQuery,
  { printed, now, wait }: FollowOptions,
): AsyncGenerator<LogEvent> {
  // Events before the first printed one were left out on purpose.
  const first = printed[0] === undefined ? now() - LATE : printed[0].timestamp + 1;
  let newest = printed.at(-1)?.timestamp ?? first;
  let seen = new Map(printed.map(({ id, timestamp }) => [id, timestamp]));
  while (await wait()) {
    for (const event of await eventsSince(client, query, Math.max(first, newest - LATE))) {
      if (seen.has(event.id)) continue;
      seen.set(event.id, event.timestamp);
      newest = Math.max(newest, event.timestamp);
      yield event;
    }
    seen = new Map([...seen].filter(([, timestamp]) => timestamp >= newest - LATE));
  }
}

function eventOf({ eventId, timestamp = 0, logStreamName = "", message = "" }: FilteredLogEvent): LogEvent {
  const text = message.replace(/\n$/, "");
  return { id: eventId ?? `${timestamp} ${logStreamName} ${text}`, timestamp, stream: logStreamName, message: text };
}
