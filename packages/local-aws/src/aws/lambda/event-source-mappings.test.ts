import { Lambda as LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arn, REGION } from "../../runtime/account.ts";
import type { QueueConsumer, ReceivedMessage } from "../sqs/consumer.ts";
import { LambdaHarness } from "./testing/lambda-harness.ts";

const QUEUE = arn("sqs", "files");
const MAPPING = "aws_lambda_event_source_mapping";

/** A queue in memory. Messages that are received and not deleted do not become visible again. */
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

function runs(functionName: string): number {
  return harness.logged(functionName).split("REPORT RequestId").length - 1;
}

describe("an event source mapping", () => {
  const mapping = {
    event_source_arn: QUEUE,
    function_name: "consume",
    batch_size: 10,
    enabled: true,
    function_response_types: ["ReportBatchItemFailures"],
  };

  it("invokes the function with SQS events and deletes processed messages", async () => {
    await harness.deploy("consume", `export const handler = async (event) => console.log(JSON.stringify(event));`);
    const { uuid } = await harness.create(MAPPING, mapping);
    queue.send("a", "hello");
    await expect.poll(() => queue.deleted).toEqual(["receipt-a"]);
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
          awsRegion: REGION,
        },
      ],
    });
    const { EventSourceMappings } = await client.listEventSourceMappings({ FunctionName: "consume" });
    expect(EventSourceMappings).toMatchObject([{ UUID: uuid, BatchSize: 10, State: "Enabled" }]);
  });

  it("keeps the messages that the function reports as failed", async () => {
    await harness.deploy(
      "consume",
      `export const handler = async ({ Records }) => {
        const failed = Records.filter(({ body }) => body === "bad");
        return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      };`,
    );
    for (const [id, body] of Object.entries({ a: "good", b: "bad", c: "good" })) queue.send(id, body);
    await harness.create(MAPPING, mapping);
    await expect.poll(() => queue.deleted).toEqual(["receipt-a", "receipt-c"]);
  });

  it.each([
    ["throws", `throw new Error("failed");`],
    ["reports a message that is not in the batch", `return { batchItemFailures: [{ itemIdentifier: "unknown" }] };`],
  ])("keeps all messages when the function %s", async (_, body) => {
    await harness.deploy(
      "consume",
      `export const handler = async ({ Records }) => { if (Records[0].body === "bad") { ${body} } };`,
    );
    await harness.create(MAPPING, mapping);
    queue.send("a", "bad");
    await expect.poll(() => runs("consume")).toBe(1);
    queue.send("b", "good");
    await expect.poll(() => queue.deleted).toEqual(["receipt-b"]);
  });

  it("fills a batch within the batching window", async () => {
    await harness.deploy(
      "consume",
      `export const handler = async ({ Records }) => console.log("batch of " + Records.length);`,
    );
    await harness.create(MAPPING, {
      ...mapping,
      batch_size: 2,
      maximum_batching_window_in_seconds: 20,
    });
    queue.send("a", "1");
    queue.send("b", "2");
    await expect.poll(() => queue.deleted).toHaveLength(2);
    expect(harness.logged("consume")).toContain("batch of 2");
  });

  it("does not read while it is disabled, or after it is deleted", async () => {
    await harness.deploy("consume", `export const handler = async () => {};`);
    const created = await harness.create(MAPPING, mapping);
    const disabled = await harness.update(MAPPING, created, { enabled: false });
    queue.send("a", "1");
    const enabled = await harness.update(MAPPING, disabled, { enabled: true });
    await expect.poll(() => queue.deleted).toEqual(["receipt-a"]);
    await harness.resources.delete(MAPPING, enabled);
    queue.send("b", "2");
    expect(queue.waiting).toHaveLength(1);
  });
});
