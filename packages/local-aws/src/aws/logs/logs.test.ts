import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogs, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CREDENTIALS, openAccess } from "../../gateway/testing/served-service.ts";
import { Logs } from "./logs.ts";

const DAY_MS = 86_400_000;

let directory: string;
let server: Server;
let logs: Logs;
let client: CloudWatchLogs;
let now: number;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "logs-"));
  now = Date.now();
  logs = open();
  server = createServer(
    { keepAliveTimeout: 60_000 },
    (request, response) => void logs.service.handle(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client = new CloudWatchLogs({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "us-east-1",
    credentials: CREDENTIALS,
  });
});

afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  logs.close();
  rmSync(directory, { recursive: true });
});

function open(): Logs {
  return new Logs({ directory, access: openAccess(), clock: { now: () => now } });
}

function logGroup() {
  const handler = logs.terraform.resources?.find(({ type }) => type === "aws_cloudwatch_log_group");
  if (!handler) throw new Error("no handler for log groups");
  return handler;
}

async function messages(filterPattern?: string): Promise<(string | undefined)[]> {
  const { events = [] } = await client.filterLogEvents({ logGroupName: "/app", filterPattern });
  return events.map(({ message }) => message);
}

test("what a service writes is read by the SDK, in order, with one id for each event", async () => {
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

test("groups and streams are made, described and deleted by the API", async () => {
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
  expect(logGroups).toEqual([
    expect.objectContaining({ logGroupName: "/app", arn: "arn:aws:logs:us-east-1:000000000000:log-group:/app:*" }),
  ]);
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

test("a stream is read page by page from its head, and its last token repeats", async () => {
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

test("the paginator sees each event once and ends", async () => {
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

test("times and patterns select events", async () => {
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

test("events outlive the process, a torn last line does not spoil the rest", async () => {
  logs.write("/app", "one", ["kept"]);
  logs.close();
  const [file = ""] = readdirSync(join(directory, "events"));
  appendFileSync(join(directory, "events", file), '[17000,17000,"to');
  logs = open();
  logs.write("/app", "one", ["later"]);
  expect(await messages()).toEqual(["kept", "later"]);
});

test("retention hides expired events at once and frees their space", async () => {
  logGroup().start?.({ name: "/app", retention_in_days: 7, tags_all: { team: "files" } });
  logs.write("/app", "old", ["old"]);
  now += 8 * DAY_MS;
  logs.write("/app", "new", ["new"]);
  expect(await messages()).toEqual(["new"]);
  logs.close();
  logs = open();
  const { logStreams } = await client.describeLogStreams({ logGroupName: "/app" });
  expect(logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(["new"]);
});

test("Terraform's group keeps what was written before, reports drift and deletes the data", async () => {
  const group = logGroup();
  logs.write("/app", "one", ["early"]);
  group.start?.({ name: "/app", retention_in_days: 0, tags_all: { team: "files" } });
  expect(await messages()).toEqual(["early"]);
  const { tags } = await client.listTagsForResource({
    resourceArn: "arn:aws:logs:us-east-1:000000000000:log-group:/app",
  });
  expect(tags).toEqual({ team: "files" });
  await client.putRetentionPolicy({ logGroupName: "/app", retentionInDays: 3 });
  expect(await group.read?.({ name: "/app" })).toMatchObject({ retention_in_days: 3 });
  await group.delete?.({ name: "/app" });
  expect(await group.read?.({ name: "/app" })).toBeNull();
});
