import { Journal } from "../../runtime/journal.ts";
import type { TopicMessage } from "./message.ts";

/** What happened to a message at one subscription. */
export interface SubscriptionDelivery {
  readonly protocol: string;
  readonly endpoint: string;
  /** `unconfirmed`: AWS would send it once the subscriber has confirmed, which nobody can do here (e-mail, HTTPS). */
  readonly outcome: "delivered" | "unconfirmed" | "filtered" | "failed";
  /** Why the delivery failed. */
  readonly reason?: string | undefined;
}

export interface SentMessage {
  readonly message: TopicMessage;
  readonly deliveries: readonly SubscriptionDelivery[];
}

export type SentMessageListener = (sent: SentMessage) => void;

const MAX_MESSAGES = 500;

/**
 * The last messages of all topics and where they went, on disk. AWS keeps none; here a developer can look at e-mails
 * that nobody receives.
 */
export class SentMessages {
  readonly #journal: Journal<SentMessage>;
  readonly #listeners = new Set<SentMessageListener>();

  constructor(path: string) {
    this.#journal = new Journal(path);
  }

  /** Oldest first. */
  all(): SentMessage[] {
    return this.#journal.values();
  }

  add(sent: SentMessage): void {
    this.#journal.set(sent.message.messageId, sent);
    const [oldest] = this.#journal.size > MAX_MESSAGES ? this.#journal.entries() : [];
    if (oldest) this.#journal.delete(oldest[0]);
    for (const listener of this.#listeners) listener(sent);
  }

  /** Calls the listener for messages that are published from now on. @returns a function that ends this. */
  follow(listener: SentMessageListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#journal.close();
  }
}
