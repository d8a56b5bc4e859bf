import { setTimeout } from "node:timers/promises";
import type { QueueConsumer, ReceivedMessage } from "../sqs/consumer.ts";
import type { EventSourceMapping } from "./event-source-mapping.ts";
import type { LambdaInvoker } from "./invoker.ts";
import { failedMessageIds, sqsEvent } from "./sqs-event.ts";

/** Limits of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const MAX_RECEIVED = 10;
const LONG_POLL_SECONDS = 20;
/** Lambda's limit is 6 MB per invocation; the event contains more than the bodies of the messages. */
const MAX_BATCH_BYTES = 5_000_000;
/**
 * Lambda starts with five concurrent batches: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const DEFAULT_CONCURRENCY = 5;
/** Before the next attempt, when the queue cannot be read. */
const RETRY_DELAY_MS = 1_000;

export interface QueuePollerOptions {
  readonly queues: QueueConsumer;
  readonly invoker: LambdaInvoker;
  /** Throws when the role of the function may not read the queue. */
  readonly authorize: () => void;
}

/** Reads a queue and invokes a function with batches of messages; deletes the messages that the function processed. */
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

  /** Stops reading. Resolves when the current batches are processed. */
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
        await setTimeout(RETRY_DELAY_MS, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  }

  /** One batch: the messages that are available, or that arrive within the batching window. */
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

  /** Messages that are not deleted become visible again after the visibility timeout of the queue. */
  async #process(messages: readonly ReceivedMessage[]): Promise<void> {
    const { eventSourceArn, functionReference, reportBatchItemFailures } = this.#mapping;
    try {
      const { payload, functionError } = await this.#invoker.invoke({
        functionName: functionReference,
        payload: JSON.stringify(sqsEvent(messages, eventSourceArn)),
        type: "RequestResponse",
        source: { kind: "event-source-mapping" },
        linkedTraceHeaders: messages.flatMap(({ attributes }) => attributes.AWSTraceHeader ?? []),
      });
      if (functionError !== undefined) return;
      const failed = reportBatchItemFailures ? failedMessageIds(payload, messages) : new Set<string>();
      for (const { messageId, receiptHandle } of messages) {
        if (!failed.has(messageId)) this.#queues.delete(eventSourceArn, receiptHandle);
      }
    } catch {
      // The function is throttled or deleted: the messages stay in the queue.
    }
  }
}
