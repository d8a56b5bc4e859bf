import { rmSync } from "node:fs";
import { join } from "node:path";
import { ACCOUNT_ID, arn } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { queueDoesNotExist } from "./errors.ts";
import { MessageQueue } from "./message-queue.ts";
import { parseRedrivePolicy, type QueueSettings } from "./settings.ts";

/** The queues that exist, by name. Their messages lie in one folder each. */
export class Queues {
  readonly #directory: string;
  readonly #clock: Clock;
  readonly #endpoint: () => string;
  readonly #queues = new Map<string, MessageQueue>();

  /** @param endpoint the gateway's URL, with which queue URLs begin. */
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

  byArn(queueArn: string): MessageQueue {
    return this.get(queueArn.split(":").at(-1) ?? "");
  }

  byUrl(url: string | undefined): MessageQueue {
    return this.get(url?.split("/").at(-1) ?? "");
  }

  urlOf(name: string): string {
    return `${this.#endpoint()}/${ACCOUNT_ID}/${name}`;
  }

  /** Opens the queue with what an earlier run left in it, or changes the settings of the open one. */
  open(name: string, settings: QueueSettings): MessageQueue {
    const known = this.#queues.get(name);
    if (known) {
      known.settings = settings;
      return known;
    }
    const queue = new MessageQueue(
      { name, arn: queueArn(name) },
      settings,
      join(this.#directory, name),
      this.#clock,
      (targetArn, message) => {
        const target = this.#queues.get(targetArn.split(":").at(-1) ?? "");
        target?.accept(message);
        return target !== undefined;
      },
    );
    this.#queues.set(name, queue);
    return queue;
  }

  /** Takes the queue away with what it holds. */
  delete(name: string): void {
    this.#queues.get(name)?.close();
    this.#queues.delete(name);
    rmSync(join(this.#directory, name), { recursive: true, force: true });
  }

  /** Queues that give their messages up to this one. */
  sourcesOf(deadLetters: MessageQueue): MessageQueue[] {
    return this.all().filter(
      ({ redrivePolicy }) => parseRedrivePolicy(redrivePolicy)?.deadLetterTargetArn === deadLetters.arn,
    );
  }

  close(): void {
    for (const queue of this.all()) queue.close();
  }
}

export function queueArn(name: string): string {
  return arn("sqs", name);
}
