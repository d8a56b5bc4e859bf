import { LambdaClient as Client, InvokeCommand } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sendTraceHeader } from "../../gateway/testing/send-trace-header.ts";
import { openAccess } from "../../gateway/testing/served-service.ts";
import { AwsError } from "../../runtime/error.ts";
import type { ReceivedMessage } from "../sqs/consumer.ts";
import type { SegmentDocument } from "../xray/segment.ts";
import { functionArn } from "./configuration.ts";
import { LambdaHarness } from "./testing/lambda-harness.ts";

const ROOT = "1-67891233-abcdef012345678912345678";
const PARENT = "53995c3f42cd8ad8";
const ACTIVE = { tracing_config: [{ mode: "Active" }] };
const SOURCE = `export const handler = async (event) => {
  if (event.fail) throw new RangeError("too far");
  return process.env._X_AMZN_TRACE_ID;
};`;

let harness: LambdaHarness;
let client: Client;
let messages: ReceivedMessage[];
let deniedAction: string | undefined;

beforeEach(async () => {
  messages = [];
  deniedAction = undefined;
  harness = new LambdaHarness({
    queues: {
      receive: async (_, { signal }) => {
        if (messages.length > 0) return messages.splice(0);
        return new Promise((resolve) => signal.addEventListener("abort", () => resolve([])));
      },
      delete: () => {},
    },
    access: {
      ...openAccess(),
      authorize: (_, action) => {
        if (action === deniedAction) throw new AwsError("AccessDenied", "No.", 403);
      },
    },
    xrayDaemon: () => "127.0.0.1:2000",
  });
  client = new Client({ ...(await harness.listen()), maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await harness.close();
});

async function invoke(event: object, traceHeader?: string, type: "Event" | "RequestResponse" = "RequestResponse") {
  if (traceHeader !== undefined) sendTraceHeader(traceHeader);
  const { Payload, LogResult = "" } = await client.send(
    new InvokeCommand({
      FunctionName: "app",
      Payload: JSON.stringify(event),
      InvocationType: type,
      LogType: "Tail",
    }),
  );
  return {
    result: type === "Event" ? undefined : JSON.parse(Payload?.transformToString() ?? "null"),
    log: Buffer.from(LogResult, "base64").toString(),
  };
}

const byOrigin = (origin: string): readonly SegmentDocument[] =>
  harness.segments.filter((segment) => segment.origin === origin);

it("writes the segments of the service and of the function, which begins with a cold start", async () => {
  await harness.deploy("app", SOURCE, ACTIVE);
  const { result, log } = await invoke({}, `Root=${ROOT};Parent=${PARENT};Sampled=1`);
  const [service, ...others] = byOrigin("AWS::Lambda");
  const [segment] = byOrigin("AWS::Lambda::Function");
  expect(others).toEqual([]);
  expect(service).toMatchObject({
    name: "app",
    trace_id: ROOT,
    parent_id: PARENT,
    http: { response: { status: 200 } },
    resource_arn: functionArn("app"),
  });
  expect(segment).toMatchObject({ name: "app", trace_id: ROOT, parent_id: service?.id });
  expect(segment?.subsegments?.map(({ name }) => name)).toEqual(["Initialization", "Invocation", "Overhead"]);
  expect(segment).not.toHaveProperty("fault");
  const invocation = segment?.subsegments?.[1];
  expect(result).toBe(`Root=${ROOT};Parent=${invocation?.id};Sampled=1`);
  expect(log).toContain(`\nXRAY TraceId: ${ROOT}\tSegmentId: ${segment?.id}\tSampled: true\t\n`);
  for (const { start_time, end_time = 0 } of segment?.subsegments ?? []) {
    expect(start_time).toBeGreaterThanOrEqual(segment?.start_time ?? 0);
    expect(end_time).toBeLessThanOrEqual(segment?.end_time ?? 0);
  }

  vi.unstubAllEnvs();
  const warm = await invoke({});
  expect(warm.result).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1$/);
  expect(warm.result).not.toContain(ROOT);
  expect(byOrigin("AWS::Lambda::Function")[1]?.subsegments?.map(({ name }) => name)).toEqual([
    "Invocation",
    "Overhead",
  ]);
});

it("marks the segments of a failed invocation as faults, with the exception", async () => {
  await harness.deploy("app", SOURCE, ACTIVE);
  await invoke({ fail: true });
  expect(byOrigin("AWS::Lambda")).toMatchObject([{ fault: true }]);
  expect(byOrigin("AWS::Lambda::Function")).toMatchObject([
    { fault: true, cause: { exceptions: [{ type: "RangeError", message: "too far" }] } },
  ]);
});

it("writes no segments without active tracing, and when the caller decided not to sample", async () => {
  const state = await harness.deploy("app", SOURCE);
  const passed = await invoke({}, `Root=${ROOT};Parent=${PARENT};Sampled=1`);
  expect(passed.result).toBe(`Root=${ROOT}`);
  expect(passed.log).not.toContain("XRAY");
  await harness.update("aws_lambda_function", state, ACTIVE);
  const { result } = await invoke({}, `Root=${ROOT};Parent=${PARENT};Sampled=0`);
  expect(result).toMatch(new RegExp(`^Root=${ROOT};Parent=[0-9a-f]{16};Sampled=0$`));
  expect(harness.segments).toEqual([]);
});

it("writes no segment of the function when its role may not send segments", async () => {
  deniedAction = "xray:PutTraceSegments";
  await harness.deploy("app", SOURCE, ACTIVE);
  await invoke({});
  expect(harness.segments.map(({ origin }) => origin)).toEqual(["AWS::Lambda"]);
});

it("marks an invocation above the reserved concurrency as throttled", async () => {
  await harness.deploy("app", SOURCE, { ...ACTIVE, reserved_concurrent_executions: 0 });
  await expect(invoke({}, `Root=${ROOT}`)).rejects.toMatchObject({ name: "TooManyRequestsException" });
  expect(harness.segments).toMatchObject([
    { origin: "AWS::Lambda", trace_id: ROOT, error: true, throttle: true, http: { response: { status: 429 } } },
  ]);
});

it("has one segment of the service for an event, with a subsegment for each attempt", async () => {
  await harness.deploy("app", SOURCE, ACTIVE);
  await invoke({ fail: true }, `Root=${ROOT};Parent=${PARENT};Sampled=1`, "Event");
  await vi.waitFor(() => expect(byOrigin("AWS::Lambda::Function")).toHaveLength(3));
  const services = byOrigin("AWS::Lambda");
  expect(new Set(services.map(({ id }) => id)).size).toBe(1);
  expect(services[0]).toMatchObject({ parent_id: PARENT, http: { response: { status: 202 } } });
  const parts = harness.segments.filter(({ type }) => type === "subsegment");
  expect(parts.map(({ name }) => name)).toEqual(["Dwell Time", "Attempt #1", "Attempt #2", "Attempt #3"]);
  expect(parts.every(({ parent_id: parent }) => parent === services[0]?.id)).toBe(true);
  expect(byOrigin("AWS::Lambda::Function").map(({ parent_id: parent }) => parent)).toEqual(
    parts.slice(1).map(({ id }) => id),
  );
});

it("keeps the trace of an event without a caller's trace over its attempts", async () => {
  await harness.deploy("app", SOURCE, ACTIVE);
  await invoke({ fail: true }, undefined, "Event");
  await vi.waitFor(() => expect(byOrigin("AWS::Lambda::Function")).toHaveLength(3));
  expect(new Set(harness.segments.map(({ trace_id: trace }) => trace)).size).toBe(1);
});

it("links the trace of a batch of messages to those of the senders", async () => {
  await harness.deploy("app", SOURCE, ACTIVE);
  const message = (id: string, AWSTraceHeader?: string): ReceivedMessage => ({
    messageId: id,
    receiptHandle: id,
    body: "{}",
    md5OfBody: "",
    attributes: { ...(AWSTraceHeader !== undefined && { AWSTraceHeader }) },
    messageAttributes: {},
  });
  messages.push(
    message("1", `Root=${ROOT};Parent=${PARENT};Sampled=1`),
    message("2", `Root=${ROOT};Parent=${PARENT};Sampled=0`),
    message("3"),
  );
  await harness.create("aws_lambda_event_source_mapping", {
    function_name: "app",
    event_source_arn: "arn:aws:sqs:us-east-1:000000000000:work",
  });
  await vi.waitFor(() => expect(byOrigin("AWS::Lambda")).toHaveLength(1));
  const [service] = byOrigin("AWS::Lambda");
  expect(service?.trace_id).not.toBe(ROOT);
  expect(service?.links).toEqual([
    { trace_id: ROOT, id: PARENT, attributes: { "aws.xray.reserved.reference_type": "parent" } },
  ]);
});

it("gives functions the address of the daemon", async () => {
  await harness.deploy("app", "export const handler = async () => process.env.AWS_XRAY_DAEMON_ADDRESS;");
  expect((await invoke({})).result).toBe("127.0.0.1:2000");
});
