import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { Firehose as FirehoseClient } from "@aws-sdk/client-firehose";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { arn } from "../../runtime/account.ts";
import { systemClock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { type ClientConfiguration, LambdaHarness } from "../lambda/testing/lambda-harness.ts";
import { Firehose } from "./firehose.ts";

const TYPE = "aws_kinesis_firehose_delivery_stream";
const ROLE = arn("iam", "role/delivery", "global");

/** Returns the records in capitals, and drops or fails those that say so. */
const TRANSFORMATION = `
  export const handler = async ({ records }) => ({
    records: records.map(({ recordId, data }) => {
      const text = Buffer.from(data, "base64").toString();
      if (text === "drop") return { recordId, result: "Dropped" };
      if (text === "fail") return { recordId, result: "ProcessingFailed", data };
      return { recordId, result: "Ok", data: Buffer.from(text.toUpperCase() + "\\n").toString("base64") };
    }),
  });
`;

let directory: string;
let functions: LambdaHarness;
let functionsClient: ClientConfiguration;
let firehose: Firehose;
let resources: ManagedResources;
let served: ServedService;
let client: FirehoseClient;
/** What was written, by key. */
let objects: Map<string, Buffer>;
let denied: Set<string>;

function open(): Firehose {
  return new Firehose({
    directory,
    access: {
      ...openAccess(),
      authorize: (caller, action) => {
        if (caller.kind === "role" && denied.has(action)) throw new AwsError("AccessDenied", `no ${action}`, 403);
      },
    },
    clock: systemClock,
    lambda: () => functions.lambda,
    writeObject: async (bucket, key, content) => void objects.set(`${bucket}/${key}`, Buffer.from(content)),
  });
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "firehose-"));
  objects = new Map();
  denied = new Set();
  functions = new LambdaHarness();
  functionsClient = await functions.listen();
  firehose = open();
  firehose.resume();
  functions.firehose = firehose;
  resources = new ManagedResources(firehose.terraform);
  served = await ServedService.start(firehose.service);
  client = new FirehoseClient(served.client);
});

afterEach(async () => {
  client.destroy();
  await served.stop();
  await firehose.suspend();
  firehose.close();
  resources.close();
  await functions.close();
  rmSync(directory, { recursive: true });
});

function stream(settings: Attributes = {}): Promise<Attributes> {
  return resources.apply(TYPE, {
    name: "lake",
    destination: "extended_s3",
    extended_s3_configuration: [
      {
        role_arn: ROLE,
        bucket_arn: "arn:aws:s3:::lake",
        prefix: "logs/day=!{timestamp:yyyy-MM-dd}/",
        error_output_prefix: "errors/!{firehose:error-output-type}/",
        compression_format: "GZIP",
        buffering_interval: 0,
        buffering_size: 1,
        ...settings,
      },
    ],
  });
}

async function transforming(source = TRANSFORMATION): Promise<Attributes> {
  const { arn: functionArn } = await functions.deploy("transform", source);
  const parameters = [
    { parameter_name: "LambdaArn", parameter_value: functionArn },
    { parameter_name: "NumberOfRetries", parameter_value: "1" },
  ];
  return { processing_configuration: [{ enabled: true, processors: [{ type: "Lambda", parameters }] }] };
}

const put = (...texts: readonly string[]) =>
  client.putRecordBatch({
    DeliveryStreamName: "lake",
    Records: texts.map((text) => ({ Data: Buffer.from(text) })),
  });

const written = (prefix: string) =>
  [...objects]
    .filter(([key]) => key.startsWith(prefix))
    .map(([, content]) => gunzipSync(content).toString())
    .join("");

it("writes records to the bucket, compressed, below the prefix with the day", async () => {
  await stream();
  await put("one\n", "two\n");
  await expect.poll(() => written("lake/logs/")).toBe("one\ntwo\n");
  const today = new Date().toISOString().slice(0, 10);
  expect([...objects.keys()][0]).toMatch(
    new RegExp(`^lake/logs/day=${today}/lake-\\d+-[\\d-]{19}-[0-9a-f-]{36}\\.gz$`),
  );
});

it("waits for the interval unless the buffer is full", async () => {
  await stream({ buffering_interval: 900 });
  await client.putRecord({ DeliveryStreamName: "lake", Record: { Data: Buffer.from("small") } });
  expect(objects.size).toBe(0);
  expect(firehose.samples()).toEqual([
    {
      namespace: "AWS/Firehose",
      dimensions: { DeliveryStreamName: "lake" },
      values: { "DeliveryToS3.DataFreshness": expect.any(Number) },
    },
  ]);
  await put("x".repeat(700_000), "y".repeat(700_000));
  await expect.poll(() => written("lake/logs/").length).toBe(1_400_005);
  await expect.poll(() => firehose.samples()).toEqual([]);
});

it("keeps records over a restart", async () => {
  await stream({ buffering_interval: 900 });
  await put("kept");
  await firehose.suspend();
  firehose.close();
  firehose = open();
  await resources.restart(firehose.terraform);
  firehose.resume();
  expect(objects.size).toBe(0);
  firehose.putRecord(arn("firehose", "deliverystream/lake"), ROLE, Buffer.alloc(1_100_000, "-"));
  await expect.poll(() => written("lake/logs/").slice(0, 5)).toBe("kept-");
});

it("transforms records, drops some, and writes those that failed below the error prefix", async () => {
  await stream(await transforming());
  await put("one", "drop", "fail");
  await expect.poll(() => written("lake/errors/processing-failed/")).not.toBe("");
  expect(written("lake/logs/")).toBe("ONE\n");
  expect(JSON.parse(written("lake/errors/processing-failed/"))).toMatchObject({
    errorCode: "Lambda.ProcessingFailedStatus",
    rawData: Buffer.from("fail").toString("base64"),
  });
});

it("repeats an invocation that failed, and then writes the records below the error prefix", async () => {
  const source = `export const handler = async () => { console.log("attempt"); throw new Error("broken"); };`;
  await stream(await transforming(source));
  await put("one");
  await expect.poll(() => written("lake/errors/")).toContain("broken");
  expect(JSON.parse(written("lake/errors/"))).toMatchObject({ attemptsMade: 2, errorCode: "Lambda.FunctionError" });
});

it("does not invoke the function without the permission of the role", async () => {
  denied.add("lambda:InvokeFunction");
  await stream(await transforming());
  await put("one");
  await expect.poll(() => written("lake/errors/")).toContain("no lambda:InvokeFunction");
});

it("keeps records while the role may not write to the bucket", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    denied.add("s3:PutObject");
    await stream();
    firehose.putRecord(arn("firehose", "deliverystream/lake"), ROLE, Buffer.from("one"));
    await vi.advanceTimersByTimeAsync(1);
    await vi.waitFor(() => expect(error.mock.lastCall?.[0]).toContain("no s3:PutObject"));
    denied.clear();
    await vi.advanceTimersByTimeAsync(5_000);
    await vi.waitFor(() => expect(written("lake/logs/")).toBe("one"));
  } finally {
    error.mockRestore();
    vi.useRealTimers();
  }
});

it("receives the events of a log group through a subscription filter with a role", async () => {
  await stream({ compression_format: "UNCOMPRESSED" });
  const logs = new CloudWatchLogs(functionsClient);
  const filter = {
    ...{ logGroupName: "/app", filterName: "lake", filterPattern: "" },
    destinationArn: arn("firehose", "deliverystream/lake"),
  };
  try {
    await logs.createLogGroup({ logGroupName: "/app" });
    await expect(logs.putSubscriptionFilter(filter)).rejects.toThrow(/must be used with roleArn/);
    denied.add("firehose:PutRecord");
    await expect(logs.putSubscriptionFilter({ ...filter, roleArn: ROLE })).rejects.toThrow(/Could not deliver test/);
    denied.clear();
    await expect(
      logs.putSubscriptionFilter({ ...filter, destinationArn: `${filter.destinationArn}-2`, roleArn: ROLE }),
    ).rejects.toThrow(/Could not deliver test/);
    await logs.putSubscriptionFilter({ ...filter, roleArn: ROLE });
    functions.logs.write("/app", "one", ["first", "second"]);
    const messages = () => [...objects.values()].map((content) => JSON.parse(gunzipSync(content).toString()));
    await expect
      .poll(() => messages().map(({ messageType }) => messageType))
      .toEqual(["CONTROL_MESSAGE", "DATA_MESSAGE"]);
    expect(messages()[1]).toMatchObject({ logGroup: "/app", subscriptionFilters: ["lake"] });
    expect(messages()[1].logEvents.map(({ message }: { message: string }) => message)).toEqual(["first", "second"]);
  } finally {
    logs.destroy();
  }
});

it("describes and lists streams, and rejects what AWS rejects", async () => {
  const state = await stream();
  expect(state.arn).toBe(arn("firehose", "deliverystream/lake"));
  const { DeliveryStreamDescription } = await client.describeDeliveryStream({ DeliveryStreamName: "lake" });
  expect(DeliveryStreamDescription).toMatchObject({
    DeliveryStreamStatus: "ACTIVE",
    Destinations: [{ ExtendedS3DestinationDescription: { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 0 } } }],
  });
  expect(await client.listDeliveryStreams({})).toMatchObject({ DeliveryStreamNames: ["lake"] });
  await expect(client.describeDeliveryStream({ DeliveryStreamName: "none" })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  const big = Buffer.alloc(1_024_001);
  await expect(client.putRecord({ DeliveryStreamName: "lake", Record: { Data: big } })).rejects.toThrow(
    /at most 1024000 bytes/,
  );
  await expect(client.putRecordBatch({ DeliveryStreamName: "lake", Records: [] })).rejects.toThrow(/1 to 500/);
  await resources.delete(TYPE, state);
  await expect(put("late")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

it.each([
  [{ prefix: "!{timestamp:YYYY}/" }, /"YYYY"/],
  [{ error_output_prefix: "errors/" }, /ErrorOutputPrefix must contain/],
  [{ compression_format: "ZIP" }, /does not support the compression format ZIP/],
  [{ processing_configuration: [{ enabled: true, processors: [{ type: "Decompression" }] }] }, /processors/],
])("rejects the settings %j", async (settings, message) => {
  await expect(stream(settings)).rejects.toThrow(message);
});
