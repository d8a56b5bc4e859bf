import { rmSync } from "node:fs";
import { join } from "node:path";
import { ACCOUNT_ID, arn } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { queueDoesNotExist } from "./errors.ts";
import { MessageQueue } from "./message-queue.ts";
import { parseRedrivePolicy, type QueueSettings } from "./queue-settings.ts";

/** The existing queues by name. The messages of each queue are in a folder of its own. */
export class Queues {
  readonly #directory: string;
  readonly #clock: Clock;
  readonly #endpoint: () => string;
  readonly #queues = new Map<string, MessageQueue>();

  /** @param endpoint URL of the gateway, the prefix of queue URLs. */
  constructor(directory: string, clock: Clock, endpoint: () => string) {
    this.#directory = directory;
    this.#clock = clock;
    this.#endpoint = endpoint;
  }

  all(): MessageQueue[] {
    return [...this.#queues.values()];
  }

  find(name: string): MessageQueue | undefined {
    return this.#queues.get(name);
  }

  /** @throws AwsError `QueueDoesNotExist` */
  get(name: string): MessageQueue {
    const queue = this.find(name);
    if (!queue) throw queueDoesNotExist();
    return queue;
  }

  findByArn(arn: string): MessageQueue | undefined {
    return this.find(nameInArn(arn));
  }

  /** @throws AwsError `QueueDoesNotExist` */
  byArn(arn: string): MessageQueue {
    return this.get(nameInArn(arn));
  }

  findByUrl(url: string): MessageQueue | undefined {
    return this.find(nameInUrl(url));
  }

  /** @throws AwsError `QueueDoesNotExist` */
  byUrl(url = ""): MessageQueue {
    return this.get(nameInUrl(url));
  }

  urlOf(name: string): string {
    return `${this.#endpoint()}/${ACCOUNT_ID}/${name}`;
  }

  /** Opens the queue with the messages of earlier runs, or changes the settings of a queue that is open. */
  open(name: string, settings: QueueSettings): MessageQueue {
    const existing = this.#queues.get(name);
    if (existing) {
      existing.settings = settings;
      return existing;
    }
    const queue = new MessageQueue(
      { name, arn: queueArn(name) },
      settings,
      join(this.#directory, name),
      this.#clock,
      (targetArn, message) => {
        const target = this.findByArn(targetArn);
        target?.add(message);
        return target !== undefined;
      },
    );
    this.#queues.set(name, queue);
    return queue;
  }

  /** Deletes the queue and its messages. */
  delete(name: string): void {
    this.#queues.get(name)?.close();
    this.#queues.delete(name);
    rmSync(join(this.#directory, name), { recursive: true, force: true });
  }

  /** Queues that use this one as their dead-letter queue. */
  sourcesOf(deadLetters: MessageQueue): MessageQueue[] {
    return this.all().filter(
      ({ redrivePolicy }) => parseRedrivePolicy(redrivePolicy)?.deadLetterTargetArn === deadLetters.arn,
    );
  }

  /**
   * Moves the visible dead letters to the queues that they came from, or to one queue.
   *
   * @returns how many.
   * @throws AwsError `QueueDoesNotExist`
   */
  redrive(deadLetters: MessageQueue, destinationArn?: string): number {
    const messages = deadLetters.visibleMessages();
    for (const { deadLetterSource, ...original } of messages) {
      this.byArn(destinationArn ?? deadLetterSource ?? "").add(original);
      deadLetters.remove(original.messageId);
    }
    return messages.length;
  }

  close(): void {
    for (const queue of this.all()) queue.close();
  }
}

function nameInArn(arn: string): string {
  return arn.split(":").at(-1) ?? "";
}

function nameInUrl(url: string): string {
  return url.split("/").at(-1) ?? "";
}

export function queueArn(name: string): string {
  return arn("sqs", name);
}
