import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogs, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { systemClock } from "../../runtime/clock.ts";
import { logGroupArn } from "./arns.ts";
import { Logs } from "./logs.ts";

const DAY_MS = 86_400_000;
const LOG_GROUP = "aws_cloudwatch_log_group";

let directory: string;
let now: number;
let logs: Logs;
let served: ServedService;
let client: CloudWatchLogs;
let resources: ManagedResources;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "logs-"));
  now = systemClock.now();
  await open();
  resources = new ManagedResources(logs.terraform);
});

afterEach(async () => {
  resources.close();
  await close();
  rmSync(directory, { recursive: true });
});

async function open(): Promise<void> {
  const lambda = () => {
    throw new Error("There are no destinations.");
  };
  logs = new Logs({ directory, access: openAccess(), clock: { now: () => now }, lambda, firehose: lambda });
  served = await ServedService.start(logs.service);
  client = new CloudWatchLogs(served.client);
}

async function close(): Promise<void> {
  client.destroy();
  await served.stop();
  logs.close();
}

async function messages(filterPattern?: string): Promise<(string | undefined)[]> {
  const { events = [] } = await client.filterLogEvents({ logGroupName: "/app", filterPattern });
  return events.map(({ message }) => message);
}

it("returns what a service wrote in chronological order, with a unique ID for each event", async () => {
  logs.write("/app", "one", ["first", "second"]);
  now += 1;
  logs.write("/app", "two", ["third"]);
  const { events = [] } = await client.filterLogEvents({ logGroupName: "/app" });
  expect(events.map(({ message, logStreamName }) => [message, logStreamName])).toEqual([
    ["first", "one"],
    ["second", "one"],
    ["third", "two"],
  ]);
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(3);
});

it("creates, describes and deletes groups and streams through the API", async () => {
  await client.createLogGroup({ logGroupName: "/app" });
  await client.createLogStream({ logGroupName: "/app", logStreamName: "a/[$LATEST]b" });
  await client.putLogEvents({
    logGroupName: "/app",
    logStreamName: "a/[$LATEST]b",
    logEvents: [{ timestamp: now, message: "hello" }],
  });
  await expect(client.createLogGroup({ logGroupName: "/app" })).rejects.toThrow(
    expect.objectContaining({ name: "ResourceAlreadyExistsException" }),
  );
  const { logGroups = [] } = await client.describeLogGroups({ logGroupNamePrefix: "/a" });
  expect(logGroups).toEqual([expect.objectContaining({ logGroupName: "/app", arn: `${logGroupArn("/app")}:*` })]);
  const { logStreams = [] } = await client.describeLogStreams({
    logGroupName: "/app",
    orderBy: "LastEventTime",
    descending: true,
  });
  expect(logStreams).toEqual([expect.objectContaining({ logStreamName: "a/[$LATEST]b", lastEventTimestamp: now })]);
  await client.deleteLogGroup({ logGroupName: "/app" });
  await expect(client.filterLogEvents({ logGroupName: "/app" })).rejects.toThrow(
    expect.objectContaining({ name: "ResourceNotFoundException" }),
  );
});

it("returns a stream page by page from its head and repeats the token of the last page", async () => {
  logs.write("/app", "one", ["1", "2", "3"]);
  const query = { logGroupName: "/app", logStreamName: "one", startFromHead: true, limit: 2 };
  const first = await client.getLogEvents(query);
  const second = await client.getLogEvents({ ...query, nextToken: first.nextForwardToken });
  const third = await client.getLogEvents({ ...query, nextToken: second.nextForwardToken });
  expect([first, second, third].map(({ events }) => events?.map(({ message }) => message))).toEqual([
    ["1", "2"],
    ["3"],
    [],
  ]);
  expect(third.nextForwardToken).toBe(second.nextForwardToken);
  const tail = await client.getLogEvents({ ...query, startFromHead: false });
  expect(tail.events?.map(({ message }) => message)).toEqual(["2", "3"]);
});

it("returns each event once to the paginator of the SDK", async () => {
  logs.write(
    "/app",
    "one",
    Array.from({ length: 25 }, (_, index) => String(index)),
  );
  const seen: (string | undefined)[] = [];
  for await (const { events } of paginateFilterLogEvents({ client, pageSize: 10 }, { logGroupName: "/app" })) {
    seen.push(...(events ?? []).map(({ message }) => message));
  }
  expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => String(index)));
});

it("selects events by time and by filter pattern", async () => {
  logs.write("/app", "one", ["ERROR disk full", "WARN slow", '{"level":"ERROR","status":500}']);
  expect(await messages("ERROR")).toHaveLength(2);
  expect(await messages('"disk full"')).toEqual(["ERROR disk full"]);
  expect(await messages("?WARN ?disk")).toEqual(["ERROR disk full", "WARN slow"]);
  expect(await messages("ERROR -disk")).toEqual(['{"level":"ERROR","status":500}']);
  expect(await messages('{ $.level = "ERR*" && $.status >= 500 }')).toHaveLength(1);
  expect(await messages("{ $.status < 500 || $.nothing EXISTS }")).toEqual([]);
  await expect(messages("[ip, user]")).rejects.toThrow(expect.objectContaining({ name: "InvalidParameterException" }));
  const { events } = await client.filterLogEvents({ logGroupName: "/app", startTime: now + 1 });
  expect(events).toEqual([]);
});

it("keeps events over a restart, and all complete ones when the last line is incomplete", async () => {
  logs.write("/app", "one", ["kept"]);
  await close();
  const [file = ""] = readdirSync(join(directory, "events"));
  appendFileSync(join(directory, "events", file), '[17000,17000,"to');
  await open();
  logs.write("/app", "one", ["later"]);
  expect(await messages()).toEqual(["kept", "later"]);
});

it("hides expired events immediately and frees their space", async () => {
  await resources.apply(LOG_GROUP, { name: "/app", retention_in_days: 7 });
  logs.write("/app", "old", ["old"]);
  now += 8 * DAY_MS;
  logs.write("/app", "new", ["new"]);
  expect(await messages()).toEqual(["new"]);
  await close();
  await open();
  const { logStreams } = await client.describeLogStreams({ logGroupName: "/app" });
  expect(logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(["new"]);
});

it("keeps earlier events when Terraform creates the group, reports drift, and deletes events with it", async () => {
  logs.write("/app", "one", ["early"]);
  const group = await resources.apply(LOG_GROUP, { name: "/app", tags: { team: "files" } });
  expect(await messages()).toEqual(["early"]);
  const { tags } = await client.listTagsForResource({ resourceArn: logGroupArn("/app") });
  expect(tags).toEqual({ team: "files" });
  await client.putRetentionPolicy({ logGroupName: "/app", retentionInDays: 3 });
  expect(await resources.read(LOG_GROUP, group)).toMatchObject({ retention_in_days: 3 });
  await resources.delete(LOG_GROUP, group);
  await expect(messages()).rejects.toThrow(expect.objectContaining({ name: "ResourceNotFoundException" }));
});
