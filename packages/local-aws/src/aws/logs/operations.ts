import type { Call, Operation } from "../../gateway/protocol.ts";
import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { parseFilterPattern } from "./filter-pattern.ts";
import type { LogGroup, LogStore, LogStream, StoredEvent } from "./log-store.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html: at most 10,000 events an answer. */
const MAX_EVENTS = 10_000;
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html: 50 an answer. */
const MAX_DESCRIBED = 50;

interface GroupInput {
  readonly logGroupName?: string;
  /** Newer clients may name the group by its ARN instead. */
  readonly logGroupIdentifier?: string;
}

interface StreamInput extends GroupInput {
  readonly logStreamName: string;
}

interface PageInput {
  readonly limit?: number;
  readonly nextToken?: string;
}

interface TimeRange {
  readonly startTime?: number;
  readonly endTime?: number;
}

interface DescribeStreamsInput extends GroupInput, PageInput {
  readonly logStreamNamePrefix?: string;
  readonly orderBy?: string;
  readonly descending?: boolean;
}

interface GetEventsInput extends StreamInput, TimeRange, PageInput {
  readonly startFromHead?: boolean;
}

interface FilterInput extends GroupInput, TimeRange, PageInput {
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly filterPattern?: string;
}

interface PutEventsInput extends StreamInput {
  readonly logEvents: readonly { timestamp: number; message: string }[];
}

/** The actions of CloudWatch Logs, by AWS's names. `tagsOf` knows the tags that Terraform recorded for a group. */
export function logsOperations(
  store: LogStore,
  tagsOf: (group: string) => Readonly<Record<string, string>>,
): Record<string, Operation> {
  const existing = (input: GroupInput, call: Call, action: string): LogGroup => {
    const name = input.logGroupName ?? input.logGroupIdentifier?.replace(/^arn:.*:log-group:/, "").replace(/:\*$/, "");
    if (!name) throw new AwsError("InvalidParameterException", "A log group name is required.");
    call.authorize(action, `${groupArn(name)}:*`);
    const group = store.group(name);
    if (!group) throw missing("log group");
    return group;
  };
  const existingStream = (input: StreamInput, call: Call, action: string): LogStream => {
    const group = existing(input, call, action);
    const stream = store.stream(group.name, input.logStreamName);
    if (!stream) throw missing("log stream");
    return stream;
  };
  return {
    CreateLogGroup: ({ logGroupName = "" }: GroupInput, call: Call) => {
      call.authorize("logs:CreateLogGroup", `${groupArn(logGroupName)}:*`);
      if (!/^[\w./#-]{1,512}$/.test(logGroupName)) {
        throw new AwsError(
          "InvalidParameterException",
          `Value '${logGroupName}' at 'logGroupName' is not a valid name.`,
        );
      }
      if (store.group(logGroupName)) throw exists("log group");
      store.ensureGroup(logGroupName);
    },
    DeleteLogGroup: (input: GroupInput, call: Call) =>
      store.deleteGroup(existing(input, call, "logs:DeleteLogGroup").name),
    CreateLogStream: (input: StreamInput, call: Call) => {
      const group = existing(input, call, "logs:CreateLogStream");
      if (store.stream(group.name, input.logStreamName)) throw exists("log stream");
      store.ensureStream(group.name, input.logStreamName);
    },
    DeleteLogStream: (input: StreamInput, call: Call) => {
      const stream = existingStream(input, call, "logs:DeleteLogStream");
      store.deleteStream(stream.group, stream.name);
    },
    PutRetentionPolicy: (input: GroupInput & { retentionInDays: number }, call: Call) =>
      store.setRetention(existing(input, call, "logs:PutRetentionPolicy").name, input.retentionInDays),
    DeleteRetentionPolicy: (input: GroupInput, call: Call) =>
      store.setRetention(existing(input, call, "logs:DeleteRetentionPolicy").name, undefined),
    ListTagsForResource: ({ resourceArn }: { resourceArn: string }, call: Call) => {
      const group = existing({ logGroupIdentifier: resourceArn }, call, "logs:ListTagsForResource");
      return { tags: tagsOf(group.name) };
    },
    DescribeLogGroups: (
      input: PageInput & { logGroupNamePrefix?: string; logGroupNamePattern?: string },
      call: Call,
    ) => {
      call.authorize("logs:DescribeLogGroups", `${groupArn("*")}:*`);
      const { logGroupNamePrefix: prefix = "", logGroupNamePattern: part = "" } = input;
      const groups = store.groups().filter(({ name }) => name.startsWith(prefix) && name.includes(part));
      const { page, nextToken } = paginate(groups, input, MAX_DESCRIBED);
      return { logGroups: page.map(describeGroup), nextToken };
    },
    DescribeLogStreams: (input: DescribeStreamsInput, call: Call) => {
      const group = existing(input, call, "logs:DescribeLogStreams");
      const streams = store
        .streams(group.name)
        .filter(({ name }) => name.startsWith(input.logStreamNamePrefix ?? ""))
        .map((stream) => describeStream(stream, store.events(stream.group, stream.name)));
      streams.sort((a, b) =>
        input.orderBy === "LastEventTime"
          ? (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0)
          : a.logStreamName < b.logStreamName
            ? -1
            : 1,
      );
      if (input.descending) streams.reverse();
      const { page, nextToken } = paginate(streams, input, MAX_DESCRIBED);
      return { logStreams: page, nextToken };
    },
    PutLogEvents: (input: PutEventsInput, call: Call) => {
      const { group, name } = existingStream(input, call, "logs:PutLogEvents");
      store.append(group, name, input.logEvents);
      return { nextSequenceToken: "0" };
    },
    GetLogEvents: (input: GetEventsInput, call: Call) => {
      const { group, name } = existingStream(input, call, "logs:GetLogEvents");
      return window(store.events(group, name).filter(isWithin(input)), input);
    },
    FilterLogEvents: (input: FilterInput, call: Call) => {
      const group = existing(input, call, "logs:FilterLogEvents");
      const matches = parseFilterPattern(input.filterPattern);
      const within = isWithin(input);
      const events = store
        .streams(group.name)
        .filter(({ name }) => input.logStreamNames?.includes(name) ?? name.startsWith(input.logStreamNamePrefix ?? ""))
        .flatMap(({ name }) => store.events(group.name, name).map((event) => ({ ...event, logStreamName: name })))
        .filter((event) => within(event) && matches(event.message))
        .sort((a, b) => a.timestamp - b.timestamp);
      const { page, nextToken } = paginate(events, input, MAX_EVENTS);
      return { events: page, searchedLogStreams: [], nextToken };
    },
  };
}

export function groupArn(name: string): string {
  return arn("logs", `log-group:${name}`);
}

function describeGroup({ name, creationTime, retentionInDays }: LogGroup) {
  return {
    logGroupName: name,
    creationTime,
    retentionInDays,
    metricFilterCount: 0,
    storedBytes: 0,
    arn: `${groupArn(name)}:*`,
    logGroupArn: groupArn(name),
    logGroupClass: "STANDARD",
  };
}

function describeStream({ group, name, creationTime }: LogStream, events: readonly StoredEvent[]) {
  return {
    logStreamName: name,
    creationTime,
    firstEventTimestamp: events[0]?.timestamp,
    lastEventTimestamp: events.at(-1)?.timestamp,
    lastIngestionTime: events.at(-1)?.ingestionTime,
    arn: `${groupArn(group)}:log-stream:${name}`,
    storedBytes: 0,
  };
}

/** `endTime` itself is outside, as the API says. */
function isWithin({ startTime = 0, endTime = Number.POSITIVE_INFINITY }: TimeRange) {
  return ({ timestamp }: StoredEvent) => timestamp >= startTime && timestamp < endTime;
}

/** The token is the number of items before the page. */
function paginate<Item>(items: readonly Item[], { limit, nextToken }: PageInput, maximum: number) {
  const start = Number(nextToken ?? 0);
  const end = start + Math.min(limit ?? maximum, maximum);
  return { page: items.slice(start, end), nextToken: end < items.length ? String(end) : undefined };
}

/**
 * The page of a stream's events that `GetLogEvents` answers. Tokens name the place between two events, so that the forward token of the
 * last page stays the same until more events come, which is how clients see the end.
 */
function window(
  events: readonly StoredEvent[],
  { limit = MAX_EVENTS, nextToken, startFromHead = false }: GetEventsInput,
) {
  const place = nextToken === undefined ? undefined : Number(nextToken.slice(2));
  const backward = nextToken === undefined ? !startFromHead : nextToken.startsWith("b/");
  const end = backward ? (place ?? events.length) : Math.min((place ?? 0) + limit, events.length);
  const start = backward ? Math.max(end - limit, 0) : (place ?? 0);
  return {
    events: events
      .slice(start, end)
      .map(({ timestamp, ingestionTime, message }) => ({ timestamp, ingestionTime, message })),
    nextForwardToken: `f/${end}`,
    nextBackwardToken: `b/${start}`,
  };
}

function missing(what: string): AwsError {
  return new AwsError("ResourceNotFoundException", `The specified ${what} does not exist.`);
}

function exists(what: string): AwsError {
  return new AwsError("ResourceAlreadyExistsException", `The specified ${what} already exists`);
}
