import { Lambda as LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { QueueConsumer, ReceivedMessage } from "../sqs/consumer.ts";
import { LambdaHarness } from "./testing/lambda-harness.ts";

const QUEUE = "arn:aws:sqs:us-east-1:000000000000:files";

/** A queue in memory: a message that is received and not deleted is out of sight for good. */
class TestQueue implements QueueConsumer {
  readonly waiting: ReceivedMessage[] = [];
  readonly deleted: string[] = [];
  #arrived = () => {};

  send(messageId: string, body: string): void {
    this.waiting.push({
      messageId,
      receiptHandle: `receipt-${messageId}`,
      body,
      md5OfBody: "md5",
      attributes: { ApproximateReceiveCount: "1" },
      messageAttributes: { kind: { dataType: "String", stringValue: "test" } },
    });
    this.#arrived();
  }

  async receive(_: string, { maximum, signal }: { maximum: number; signal: AbortSignal }): Promise<ReceivedMessage[]> {
    while (this.waiting.length === 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
        signal.addEventListener("abort", () => resolve());
      });
    }
    return this.waiting.splice(0, maximum);
  }

  delete(_: string, receiptHandle: string): void {
    this.deleted.push(receiptHandle);
  }
}

let queue: TestQueue;
let harness: LambdaHarness;
let client: LambdaClient;

beforeEach(async () => {
  queue = new TestQueue();
  harness = new LambdaHarness({ queues: queue });
  client = new LambdaClient({ ...(await harness.listen()), maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await harness.close();
});

function send(FunctionName: string, event: unknown) {
  return client.invoke({ FunctionName, InvocationType: "Event", Payload: JSON.stringify(event) });
}

function runs(functionName: string): number {
  return harness.logged(functionName).split("REPORT RequestId").length - 1;
}

describe("an asynchronous invocation", () => {
  test("is acknowledged at once and runs", async () => {
    await harness.deploy("work", `export const handler = async ({ id }) => console.log("did " + id);`);
    expect(await send("work", { id: 7 })).toMatchObject({ StatusCode: 202 });
    await vi.waitFor(() => expect(harness.logged("work")).toContain("did 7"), { timeout: 5_000 });
  });

  test("that fails is tried three times, then its event goes to the dead-letter queue and the destination", async () => {
    await harness.deploy("poison", `export const handler = async () => { throw new Error("poisoned"); };`, {
      dead_letter_config: [{ target_arn: QUEUE }],
    });
    await harness.apply("aws_lambda_function_event_invoke_config", {
      function_name: "poison",
      maximum_retry_attempts: 2,
      destination_config: [{ on_failure: [{ destination: `${QUEUE}-failed` }], on_success: [] }],
    });
    await send("poison", { id: 7 });
    await vi.waitFor(() => expect(harness.delivered).toHaveLength(2), { timeout: 10_000 });
    expect(runs("poison")).toBe(3);
    const [record, dead] = harness.delivered;
    expect(record?.targetArn).toBe(`${QUEUE}-failed`);
    expect(JSON.parse(record?.body ?? "")).toMatchObject({
      version: "1.0",
      requestContext: {
        functionArn: "arn:aws:lambda:us-east-1:000000000000:function:poison:$LATEST",
        condition: "RetriesExhausted",
        approximateInvokeCount: 3,
      },
      requestPayload: { id: 7 },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: { errorMessage: "poisoned" },
    });
    expect(dead).toMatchObject({ targetArn: QUEUE, body: '{"id":7}', attributes: { ErrorMessage: "poisoned" } });
  });

  test("that was accepted survives the end of the process", async () => {
    await harness.deploy("work", `export const handler = async ({ id }) => console.log("did " + id);`, {
      reserved_concurrent_executions: 0, // throttled for as long as this process lives
    });
    await send("work", { id: 8 });
    const record = harness.recorded("aws_lambda_function");
    record.reserved_concurrent_executions = -1;
    await harness.restart();
    await vi.waitFor(() => expect(harness.logged("work")).toContain("did 8"), { timeout: 5_000 });
  });
});

describe("an event source mapping", () => {
  const mapping = {
    event_source_arn: QUEUE,
    function_name: "consume",
    batch_size: 10,
    enabled: true,
    function_response_types: ["ReportBatchItemFailures"],
  };

  test("hands over messages as SQS events and deletes what was done", async () => {
    await harness.deploy("consume", `export const handler = async (event) => console.log(JSON.stringify(event));`);
    const { uuid } = await harness.apply("aws_lambda_event_source_mapping", mapping);
    queue.send("a", "hello");
    await vi.waitFor(() => expect(queue.deleted).toEqual(["receipt-a"]), { timeout: 5_000 });
    const [, event = "null"] = /INFO\t(\{.*)/.exec(harness.logged("consume")) ?? [];
    expect(JSON.parse(event)).toEqual({
      Records: [
        {
          messageId: "a",
          receiptHandle: "receipt-a",
          body: "hello",
          attributes: { ApproximateReceiveCount: "1" },
          messageAttributes: {
            kind: { stringValue: "test", stringListValues: [], binaryListValues: [], dataType: "String" },
          },
          md5OfBody: "md5",
          eventSource: "aws:sqs",
          eventSourceARN: QUEUE,
          awsRegion: "us-east-1",
        },
      ],
    });
    const { EventSourceMappings } = await client.listEventSourceMappings({ FunctionName: "consume" });
    expect(EventSourceMappings).toMatchObject([{ UUID: uuid, BatchSize: 10, State: "Enabled" }]);
  });

  test("keeps the messages that the function names as failed", async () => {
    await harness.deploy(
      "consume",
      `export const handler = async ({ Records }) => ({ batchItemFailures: Records.filter(({ body }) => body === "bad").map(({ messageId }) => ({ itemIdentifier: messageId })) });`,
    );
    for (const [id, body] of Object.entries({ a: "good", b: "bad", c: "good" })) queue.send(id, body);
    await harness.apply("aws_lambda_event_source_mapping", mapping);
    await vi.waitFor(() => expect(queue.deleted).toEqual(["receipt-a", "receipt-c"]), { timeout: 5_000 });
  });

  test.each([
    ["throws", `throw new Error("all of it");`],
    ["names a message that is not in the batch", `return { batchItemFailures: [{ itemIdentifier: "unknown" }] };`],
  ])("keeps all messages when the function %s", async (_, body) => {
    await harness.deploy(
      "consume",
      `export const handler = async ({ Records }) => { if (Records[0].body === "bad") { ${body} } };`,
    );
    await harness.apply("aws_lambda_event_source_mapping", mapping);
    queue.send("a", "bad");
    await vi.waitFor(() => expect(runs("consume")).toBe(1), { timeout: 5_000 });
    queue.send("b", "good");
    await vi.waitFor(() => expect(queue.deleted).toEqual(["receipt-b"]), { timeout: 5_000 });
  });

  test("fills a batch within its window", async () => {
    await harness.deploy(
      "consume",
      `export const handler = async ({ Records }) => console.log("batch of " + Records.length);`,
    );
    await harness.apply("aws_lambda_event_source_mapping", {
      ...mapping,
      batch_size: 2,
      maximum_batching_window_in_seconds: 20,
    });
    queue.send("a", "1");
    queue.send("b", "2");
    await vi.waitFor(() => expect(queue.deleted).toHaveLength(2), { timeout: 5_000 });
    expect(harness.logged("consume")).toContain("batch of 2");
  });

  test("that is disabled or deleted reads no more", async () => {
    await harness.deploy("consume", `export const handler = async () => {};`);
    const created = await harness.apply("aws_lambda_event_source_mapping", mapping);
    const disabled = await harness.change("aws_lambda_event_source_mapping", created, { enabled: false });
    queue.send("a", "1");
    const enabled = await harness.change("aws_lambda_event_source_mapping", disabled, { enabled: true });
    await vi.waitFor(() => expect(queue.deleted).toEqual(["receipt-a"]), { timeout: 5_000 });
    await harness.destroy("aws_lambda_event_source_mapping", enabled);
    queue.send("b", "2");
    expect(queue.waiting).toHaveLength(1);
  });
});
