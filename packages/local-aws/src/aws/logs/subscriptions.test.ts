import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { Lambda } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { EcsHarness } from "../ecs/testing/ecs-harness.ts";
import { LambdaHarness } from "../lambda/testing/lambda-harness.ts";
import { logGroupArn } from "./arns.ts";

/** Logs the message that it receives from CloudWatch Logs, with the first 100 characters of each event. */
const RECEIVER = `
  import { gunzipSync } from "node:zlib";
  export const handler = async ({ awslogs }) => {
    const text = gunzipSync(Buffer.from(awslogs.data, "base64")).toString();
    const shorten = (name, value) => (name === "message" ? value.slice(0, 100) : value);
    process.stdout.write(JSON.stringify(JSON.parse(text), shorten) + "\\n");
  };
`;
const FILTER = { logGroupName: "/app", filterName: "audit", filterPattern: '{ $.audit.action = "*" }' };

interface Message {
  readonly logGroup: string;
  readonly logStream: string;
  readonly logEvents: readonly { readonly id: string; readonly timestamp: number; readonly message: string }[];
}

let harness: LambdaHarness;
let client: CloudWatchLogs;
let functions: Lambda;
let destinationArn: string;

beforeEach(async () => {
  harness = new LambdaHarness();
  const configuration = await harness.listen();
  client = new CloudWatchLogs(configuration);
  functions = new Lambda(configuration);
  destinationArn = String((await harness.deploy("receiver", RECEIVER)).arn);
  await client.createLogGroup({ logGroupName: "/app" });
});

afterEach(async () => {
  client.destroy();
  functions.destroy();
  await harness.close();
});

function allow(principal = "logs.amazonaws.com", source_arn = `${logGroupArn("/app")}:*`) {
  return harness.create("aws_lambda_permission", {
    statement_id: "logs",
    action: "lambda:InvokeFunction",
    function_name: "receiver",
    principal,
    source_arn,
  });
}

const put = (changes: object = {}) => client.putSubscriptionFilter({ ...FILTER, destinationArn, ...changes });

const received = (): Message[] =>
  harness.logs
    .messages("/aws/lambda/receiver")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));

const audit = (action: string) => JSON.stringify({ audit: { action } });

it("sends matching events to the function, in one batch per stream", async () => {
  await allow();
  await put();
  harness.logs.write("/app", "one", [audit("first"), "no JSON"]);
  harness.logs.write("/app", "two", [audit("other")]);
  harness.logs.write("/app", "one", ['{"level":"INFO"}', audit("second")]);
  harness.logs.write("/other", "one", [audit("elsewhere")]);
  await expect.poll(() => received().length).toBe(2);
  const { events = [] } = await client.filterLogEvents({ logGroupName: "/app", filterPattern: FILTER.filterPattern });
  const expected = (stream: string) => ({
    messageType: "DATA_MESSAGE",
    owner: "000000000000",
    logGroup: "/app",
    logStream: stream,
    subscriptionFilters: ["audit"],
    logEvents: events
      .filter(({ logStreamName }) => logStreamName === stream)
      .map(({ eventId: id, timestamp, message }) => ({ id, timestamp, message })),
  });
  expect(received().sort((a, b) => (a.logStream < b.logStream ? -1 : 1))).toEqual([expected("one"), expected("two")]);
  expect(events).toHaveLength(3);
});

it("sends what a function logs within a second", async () => {
  const source = `export const handler = async (action) => process.stdout.write(JSON.stringify({ audit: { action } }) + "\\n");`;
  await harness.deploy("app", source, { logging_config: [{ log_format: "Text", log_group: "/app" }] });
  await allow("logs.us-east-1.amazonaws.com");
  await put();
  await functions.invoke({ FunctionName: "receiver", Payload: "{}" });
  await functions.invoke({ FunctionName: "app", Payload: '"login"' });
  await expect.poll(() => received().map(({ logEvents }) => logEvents[0]?.message)).toEqual([`${audit("login")}\n`]);
});

it("sends what a container of ECS logs", async () => {
  await allow();
  await put();
  const ecs = new EcsHarness({ write: (_, stream, lines) => harness.logs.write("/app", stream, lines) });
  try {
    await ecs.start();
    const program = `console.log(${JSON.stringify(audit("reset"))}); setInterval(() => {}, 1_000);`;
    await ecs.deploy(await ecs.registerTaskDefinition(await ecs.push("one", program)));
    await expect
      .poll(() => received().flatMap(({ logEvents }) => logEvents.map(({ message }) => message)))
      .toEqual([audit("reset")]);
    expect(received()[0]?.logStream).toMatch(/^app\/app\/[0-9a-f]{32}$/);
  } finally {
    await ecs.close();
  }
});

it("sends the pending events when it stops, each once", async () => {
  await allow();
  await put();
  harness.logs.write("/app", "one", [audit("first")]);
  await harness.restart();
  harness.logs.write("/app", "one", [audit("second")]);
  const actions = () => received().flatMap(({ logEvents }) => logEvents.map(({ message }) => message));
  // Batches of different deliveries can arrive in any order.
  await expect.poll(() => actions().toSorted()).toEqual([audit("first"), audit("second")]);
});

it("sends events that were logged while the functions stopped after the next start", async () => {
  await allow();
  await put();
  await harness.logs.suspend();
  harness.logs.write("/app", "one", [audit("late")]);
  await harness.restart();
  await expect.poll(() => received().length).toBe(1);
});

it("splits events that exceed the payload of an invocation", async () => {
  await allow();
  await put({ filterPattern: "" });
  const lines = Array.from({ length: 6 }, (_, index) => String(index).repeat(200_000));
  harness.logs.write("/app", "one", lines);
  await expect.poll(() => received().flatMap(({ logEvents }) => logEvents).length).toBe(6);
  expect(received()).toHaveLength(3);
});

it("discards events when the function no longer allows them", async () => {
  const permission = await allow();
  await put();
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  await harness.resources.delete("aws_lambda_permission", permission);
  harness.logs.write("/app", "one", [audit("first")]);
  await expect
    .poll(() => error.mock.lastCall?.[0])
    .toContain("The subscription filter audit of /app discarded 1 event");
  error.mockRestore();
  await allow();
  harness.logs.write("/app", "one", [audit("second")]);
  await expect.poll(() => received().length).toBe(1);
});

it("describes, replaces and deletes filters through the API, and deletes them with their group", async () => {
  await allow();
  await put();
  await put({ filterName: "errors", filterPattern: "ERROR", distribution: "Random" });
  await put({ filterPattern: "" });
  const { subscriptionFilters } = await client.describeSubscriptionFilters({ logGroupName: "/app" });
  expect(subscriptionFilters).toEqual([
    expect.objectContaining({ ...FILTER, filterPattern: "", destinationArn, distribution: "ByLogStream" }),
    expect.objectContaining({ filterName: "errors", distribution: "Random", creationTime: expect.any(Number) }),
  ]);
  await client.deleteSubscriptionFilter({ logGroupName: "/app", filterName: "errors" });
  await expect(client.deleteSubscriptionFilter({ logGroupName: "/app", filterName: "errors" })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  await client.deleteLogGroup({ logGroupName: "/app" });
  await client.createLogGroup({ logGroupName: "/app" });
  expect((await client.describeSubscriptionFilters({ logGroupName: "/app" })).subscriptionFilters).toEqual([]);
});

it("rejects filters as AWS does", async () => {
  const unauthorized = { name: "InvalidParameterException", message: expect.stringMatching(/^Could not execute the/) };
  await expect(put()).rejects.toMatchObject(unauthorized);
  const permission = await allow("logs.amazonaws.com", logGroupArn("/app"));
  await expect(put()).rejects.toMatchObject(unauthorized);
  await harness.resources.delete("aws_lambda_permission", permission);
  await allow();
  await expect(put({ destinationArn: `${destinationArn}-2` })).rejects.toMatchObject(unauthorized);
  await expect(put({ logGroupName: "/none" })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  const invalid = { name: "InvalidParameterException" };
  await expect(put({ filterPattern: "{ $.a }" })).rejects.toMatchObject(invalid);
  await expect(put({ filterName: "a:b" })).rejects.toMatchObject(invalid);
  await expect(put({ roleArn: "arn:aws:iam::000000000000:role/logs" })).rejects.toMatchObject(invalid);
  await expect(put({ destinationArn: "arn:aws:kinesis:us-east-1:000000000000:stream/s" })).rejects.toMatchObject(
    invalid,
  );
  await put();
  await put({ filterName: "second" });
  await expect(put({ filterName: "third" })).rejects.toMatchObject({ name: "LimitExceededException" });
});
