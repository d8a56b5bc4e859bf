import { randomUUID } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { Journal } from "../../runtime/journal.ts";
import { Arrivals } from "./arrivals.ts";
import type { MessageAttributes, ReceivedMessage } from "./consumer.ts";
import { checkRange } from "./errors.ts";
import { checkMessage, md5 } from "./message.ts";
import { parseRedrivePolicy, type QueueSettings } from "./queue-settings.ts";
import { parseReceiptHandle, receiptHandle } from "./receipt-handle.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
const MAX_VISIBILITY_SECONDS = 43_200;
const MAX_DELAY_SECONDS = 900;

/** The immutable part of a message. */
export interface StoredMessage {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly senderId: string;
  /** The tracing header of the sender: the system attribute `AWSTraceHeader`. */
  readonly traceHeader?: string | undefined;
  /**
   * Milliseconds since the epoch. Unchanged when the message moves to a dead-letter queue, so that the retention period
   * starts at the first send.
   */
  readonly sentAt: number;
  /** ARN of the queue that moved the message to this dead-letter queue. */
  readonly deadLetterSource?: string | undefined;
}

interface SendOptions {
  /** Default: the delay of the queue. */
  readonly delaySeconds?: number | undefined;
  readonly traceHeader?: string | undefined;
}

/** The part of a message that each receive changes. */
interface Delivery {
  readonly receiveCount: number;
  readonly firstReceivedAt: number | undefined;
  readonly visibleAt: number;
}

interface Entry {
  readonly message: StoredMessage;
  delivery: Delivery;
}

/** A message as it is in the queue now, which a look at it does not change. */
export interface QueuedMessage {
  readonly message: StoredMessage;
  readonly state: "visible" | "in flight" | "delayed";
  readonly receiveCount: number;
  /** Milliseconds since the epoch; until then the message is hidden. */
  readonly visibleAt: number;
}

export interface MessageCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface QueueTraffic {
  readonly sent: number;
  readonly received: number;
  readonly deleted: number;
}

/** Adds a message to the dead-letter queue with this ARN; false when that queue does not exist. */
export type SendToDeadLetterQueue = (deadLetterTargetArn: string, message: StoredMessage) => boolean;

/**
 * A standard queue: at-least-once delivery, mostly in order. Messages and their receive counts are on disk before a
 * call returns (they survive `kill -9`, but not a power failure), in two files, so that a receive does not rewrite the
 * body.
 */
export class MessageQueue {
  readonly name: string;
  readonly arn: string;
  /** Resource policy, redrive policy and redrive allow policy as JSON; empty when not set. */
  policy = "";
  redrivePolicy = "";
  redriveAllowPolicy = "";
  settings: QueueSettings;
  readonly #directory: string;
  readonly #clock: Clock;
  readonly #sendToDeadLetterQueue: SendToDeadLetterQueue;
  readonly #messages: Journal<StoredMessage>;
  readonly #deliveries: Journal<Delivery>;
  readonly #entries = new Map<string, Entry>();
  readonly #traffic = { sent: 0, received: 0, deleted: 0 };
  readonly #arrivals = new Arrivals();

  constructor(
    identity: { readonly name: string; readonly arn: string },
    settings: QueueSettings,
    directory: string,
    clock: Clock,
    sendToDeadLetterQueue: SendToDeadLetterQueue,
  ) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.settings = settings;
    this.#directory = directory;
    this.#clock = clock;
    this.#sendToDeadLetterQueue = sendToDeadLetterQueue;
    mkdirSync(directory, { recursive: true });
    this.#messages = new Journal(join(directory, "messages.jsonl"));
    this.#deliveries = new Journal(join(directory, "deliveries.jsonl"));
    for (const message of this.#messages.values()) {
      const delivery = this.#deliveries.get(message.messageId) ?? undelivered(message.sentAt);
      this.#entries.set(message.messageId, { message, delivery });
    }
    for (const [messageId] of this.#deliveries.entries()) {
      if (!this.#entries.has(messageId)) this.#deliveries.delete(messageId);
    }
  }

  /** Messages that clients have sent, received and deleted since the start of the local AWS. */
  get traffic(): QueueTraffic {
    return { ...this.#traffic };
  }

  get createdAt(): number {
    return statSync(this.#directory).birthtimeMs;
  }

  /** @throws AwsError when SQS would reject the message. */
  send(
    body: string,
    attributes: MessageAttributes,
    senderId: string,
    { delaySeconds, traceHeader }: SendOptions = {},
  ): StoredMessage {
    checkRange("DelaySeconds", delaySeconds, 0, MAX_DELAY_SECONDS);
    checkMessage(body, attributes, this.settings.maximumMessageBytes);
    const sentAt = this.#clock.now();
    const message = { messageId: randomUUID(), body, attributes, senderId, traceHeader, sentAt };
    this.add(message, delaySeconds ?? this.settings.delaySeconds);
    this.#traffic.sent += 1;
    return message;
  }

  /** Adds an existing message unchanged: one that moves to or from a dead-letter queue. */
  add(message: StoredMessage, delaySeconds = 0): void {
    const delivery = undelivered(this.#clock.now() + delaySeconds * 1000);
    if (delaySeconds > 0) this.#deliveries.set(message.messageId, delivery);
    this.#messages.set(message.messageId, message);
    this.#entries.set(message.messageId, { message, delivery });
    this.#arrivals.announce();
  }

  /** Receives up to `maximum` visible messages without waiting, and hides each for the visibility timeout. */
  receiveNow(maximum: number, visibilityTimeoutSeconds = this.settings.visibilityTimeoutSeconds): ReceivedMessage[] {
    checkRange("VisibilityTimeout", visibilityTimeoutSeconds, 0, MAX_VISIBILITY_SECONDS);
    const now = this.#clock.now();
    const redrive = parseRedrivePolicy(this.redrivePolicy);
    const received: ReceivedMessage[] = [];
    for (const entry of this.#entries.values()) {
      if (received.length === maximum) break;
      if (this.#isExpired(entry, now)) {
        this.#remove(entry);
        continue;
      }
      const { delivery, message } = entry;
      if (delivery.visibleAt > now) continue;
      if (redrive && delivery.receiveCount >= redrive.maxReceiveCount) {
        if (this.#sendToDeadLetterQueue(redrive.deadLetterTargetArn, { ...message, deadLetterSource: this.arn })) {
          this.#remove(entry);
          continue;
        }
      }
      this.#setDelivery(entry, {
        receiveCount: delivery.receiveCount + 1,
        firstReceivedAt: delivery.firstReceivedAt ?? now,
        visibleAt: now + visibilityTimeoutSeconds * 1000,
      });
      received.push(toReceivedMessage(entry));
    }
    this.#traffic.received += received.length;
    return received;
  }

  /** Like {@link receiveNow}, but waits until a message is added or becomes visible again. */
  async receive(
    maximum: number,
    waitSeconds: number,
    signal: AbortSignal,
    visibilityTimeoutSeconds?: number,
  ): Promise<ReceivedMessage[]> {
    const deadline = this.#clock.now() + waitSeconds * 1000;
    while (!signal.aborted) {
      const messages = this.receiveNow(maximum, visibilityTimeoutSeconds);
      const now = this.#clock.now();
      if (messages.length > 0 || now >= deadline) return messages;
      await this.#arrivals.next(Math.min(deadline, this.#nextVisibleAt()) - now, signal);
    }
    return [];
  }

  /** As on AWS, a handle of an earlier receive deletes nothing and is not an error. */
  delete(handle: string): void {
    const { messageId, receiveCount } = parseReceiptHandle(handle);
    const entry = this.#entries.get(messageId);
    this.#traffic.deleted += 1;
    if (entry?.delivery.receiveCount === receiveCount) this.#remove(entry);
  }

  changeVisibility(handle: string, seconds: number): void {
    checkRange("VisibilityTimeout", seconds, 0, MAX_VISIBILITY_SECONDS);
    const { messageId, receiveCount } = parseReceiptHandle(handle);
    const entry = this.#entries.get(messageId);
    const now = this.#clock.now();
    if (!entry || entry.delivery.receiveCount !== receiveCount || entry.delivery.visibleAt <= now) {
      throw new AwsError("MessageNotInflight", "The specified message isn't in flight.");
    }
    this.#setDelivery(entry, { ...entry.delivery, visibleAt: now + seconds * 1000 });
    this.#arrivals.announce();
  }

  /** The visible messages, without receiving them. */
  visibleMessages(): StoredMessage[] {
    const now = this.#clock.now();
    return [...this.#entries.values()]
      .filter((entry) => entry.delivery.visibleAt <= now && !this.#isExpired(entry, now))
      .map(({ message }) => message);
  }

  /** All messages, oldest first, without receiving them. */
  peek(): QueuedMessage[] {
    const now = this.#clock.now();
    return [...this.#entries.values()]
      .filter((entry) => !this.#isExpired(entry, now))
      .map(({ message, delivery: { receiveCount, visibleAt } }) => {
        const state = visibleAt <= now ? "visible" : receiveCount > 0 ? "in flight" : "delayed";
        return { message, state, receiveCount, visibleAt };
      });
  }

  /** Deletes a message permanently, whatever its receipt handle. */
  remove(messageId: string): void {
    const entry = this.#entries.get(messageId);
    if (entry) this.#remove(entry);
  }

  purge(): void {
    for (const entry of [...this.#entries.values()]) this.#remove(entry);
  }

  counts(): MessageCounts {
    const now = this.#clock.now();
    const alive = [...this.#entries.values()].filter((entry) => !this.#isExpired(entry, now));
    const hidden = alive.filter(({ delivery }) => delivery.visibleAt > now);
    const delayed = hidden.filter(({ delivery }) => delivery.receiveCount === 0).length;
    return { visible: alive.length - hidden.length, inFlight: hidden.length - delayed, delayed };
  }

  /** When the oldest message was sent, in milliseconds since the epoch. */
  oldestSentAt(): number | undefined {
    const now = this.#clock.now();
    for (const entry of this.#entries.values()) if (!this.#isExpired(entry, now)) return entry.message.sentAt;
    return undefined;
  }

  close(): void {
    this.#messages.close();
    this.#deliveries.close();
  }

  #isExpired({ message }: Entry, now: number): boolean {
    return message.sentAt + this.settings.retentionSeconds * 1000 <= now;
  }

  #setDelivery(entry: Entry, delivery: Delivery): void {
    this.#deliveries.set(entry.message.messageId, delivery);
    entry.delivery = delivery;
  }

  #remove({ message: { messageId } }: Entry): void {
    this.#messages.delete(messageId);
    this.#deliveries.delete(messageId);
    this.#entries.delete(messageId);
  }

  #nextVisibleAt(): number {
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const { delivery } of this.#entries.values()) {
      if (delivery.visibleAt > now) next = Math.min(next, delivery.visibleAt);
    }
    return next;
  }
}

function undelivered(visibleAt: number): Delivery {
  return { receiveCount: 0, firstReceivedAt: undefined, visibleAt };
}

function toReceivedMessage({ message, delivery }: Entry): ReceivedMessage {
  return {
    messageId: message.messageId,
    receiptHandle: receiptHandle(message.messageId, delivery.receiveCount),
    body: message.body,
    md5OfBody: md5(message.body),
    messageAttributes: message.attributes,
    attributes: {
      SenderId: message.senderId,
      SentTimestamp: String(message.sentAt),
      ApproximateReceiveCount: String(delivery.receiveCount),
      ApproximateFirstReceiveTimestamp: String(delivery.firstReceivedAt),
      ...(message.traceHeader !== undefined && { AWSTraceHeader: message.traceHeader }),
      ...(message.deadLetterSource !== undefined && { DeadLetterQueueSourceArn: message.deadLetterSource }),
    },
  };
}
