import { setTimeout } from "node:timers/promises";
import { REGION } from "../../runtime/account.ts";
import type { QueueConsumer, ReceivedMessage } from "../sqs/consumer.ts";
import type { LambdaInvoker } from "./invoker.ts";

/** Of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const MAX_RECEIVED = 10;
const LONG_POLL_SECONDS = 20;
/** A batch closes below Lambda's limit of 6 MB for one invocation, with room for what the event adds to the bodies. */
const MAX_BATCH_BYTES = 5_000_000;
/** Lambda starts with five pollers: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const DEFAULT_CONCURRENCY = 5;
/** Before the queue is asked again after it could not be read. */
const PAUSE_MS = 1_000;

export interface EventSourceMapping {
  readonly uuid: string;
  readonly eventSourceArn: string;
  /** Name or ARN, with its qualifier if there is one. */
  readonly functionReference: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly maximumBatchingWindow: number;
  readonly reportBatchItemFailures: boolean;
  readonly maximumConcurrency: number | undefined;
}

export interface QueuePollerOptions {
  readonly queues: QueueConsumer;
  readonly invoker: LambdaInvoker;
  /** Throws while the function's role may not read the queue. */
  readonly authorize: () => void;
}

/** Reads a queue and invokes a function with batches of its messages; deletes what the function has done. */
export class QueuePoller {
  readonly #mapping: EventSourceMapping;
  readonly #queues: QueueConsumer;
  readonly #invoker: LambdaInvoker;
  readonly #authorize: () => void;
  readonly #stopping = new AbortController();
  readonly #batches = new Set<Promise<void>>();
  readonly #loop: Promise<void>;

  constructor(mapping: EventSourceMapping, { queues, invoker, authorize }: QueuePollerOptions) {
    this.#mapping = mapping;
    this.#queues = queues;
    this.#invoker = invoker;
    this.#authorize = authorize;
    this.#loop = this.#poll();
  }

  /** Takes no more messages; resolves when the batches under way are done. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    await Promise.all(this.#batches);
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopping;
    const concurrency = this.#mapping.maximumConcurrency ?? DEFAULT_CONCURRENCY;
    while (!signal.aborted) {
      if (this.#batches.size >= concurrency) {
        await Promise.race(this.#batches);
        continue;
      }
      try {
        this.#authorize();
        const messages = await this.#collect();
        if (messages.length === 0) continue;
        const batch = this.#process(messages).finally(() => this.#batches.delete(batch));
        this.#batches.add(batch);
      } catch {
        await setTimeout(PAUSE_MS, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  }

  /** One batch: as many messages as are there, or as come within the batching window. */
  async #collect(): Promise<ReceivedMessage[]> {
    const { eventSourceArn, batchSize, maximumBatchingWindow } = this.#mapping;
    const { signal } = this.#stopping;
    const messages: ReceivedMessage[] = [];
    let bytes = 0;
    let deadline = Number.POSITIVE_INFINITY;
    while (messages.length < batchSize && bytes < MAX_BATCH_BYTES && !signal.aborted) {
      const secondsLeft = (deadline - performance.now()) / 1000;
      if (secondsLeft <= 0) break;
      const received = await this.#queues.receive(eventSourceArn, {
        maximum: Math.min(batchSize - messages.length, MAX_RECEIVED),
        waitSeconds: Math.min(LONG_POLL_SECONDS, secondsLeft),
        signal,
      });
      if (received.length === 0 && messages.length === 0) break;
      if (messages.length === 0) deadline = performance.now() + maximumBatchingWindow * 1000;
      messages.push(...received);
      bytes += received.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
    }
    return messages;
  }

  /** What is not deleted comes back by itself after the queue's visibility timeout. */
  async #process(messages: readonly ReceivedMessage[]): Promise<void> {
    const { eventSourceArn, functionReference, reportBatchItemFailures } = this.#mapping;
    try {
      const { payload, functionError } = await this.#invoker.invoke({
        functionName: functionReference,
        payload: JSON.stringify(sqsEvent(messages, eventSourceArn)),
        type: "RequestResponse",
        source: { kind: "event-source-mapping" },
      });
      if (functionError !== undefined) return;
      const failed = reportBatchItemFailures ? failedItems(payload, messages) : new Set<string>();
      for (const { messageId, receiptHandle } of messages) {
        if (!failed.has(messageId)) this.#queues.delete(eventSourceArn, receiptHandle);
      }
    } catch {
      // throttled or gone: the messages stay
    }
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
export function sqsEvent(messages: readonly ReceivedMessage[], eventSourceArn: string) {
  return {
    Records: messages.map(({ messageId, receiptHandle, body, md5OfBody, attributes, messageAttributes }) => ({
      messageId,
      receiptHandle,
      body,
      attributes,
      messageAttributes: Object.fromEntries(
        Object.entries(messageAttributes).map(([name, attribute]) => [
          name,
          { ...attribute, stringListValues: [], binaryListValues: [] },
        ]),
      ),
      md5OfBody,
      eventSource: "aws:sqs",
      eventSourceARN: eventSourceArn,
      awsRegion: REGION,
    })),
  };
}

/**
 * The messages that the function could not do. An answer that is not understood, or names a message that is not in the batch, fails them all.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
function failedItems(payload: string, messages: readonly ReceivedMessage[]): Set<string> {
  const all = new Set(messages.map(({ messageId }) => messageId));
  const answer = JSON.parse(payload) as { batchItemFailures?: unknown } | null;
  const failures = answer?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return all;
  const identifiers = failures.map((item: { itemIdentifier?: unknown } | null) => item?.itemIdentifier);
  return identifiers.every((id) => typeof id === "string" && all.has(id)) ? new Set(identifiers as string[]) : all;
}
