import { Journal } from "../../runtime/journal.ts";
import { parseFilterPattern } from "./filter-pattern.ts";
import type { StoredEvent } from "./log-store.ts";
import type { SubscribedFunctions } from "./subscribed-functions.ts";
import type { SubscribedStreams } from "./subscribed-streams.ts";
import type { SubscriptionFilters } from "./subscription-filters.ts";
import {
  type Batch,
  batchesOf,
  functionEvent,
  type SubscribedEvent,
  subscriptionMessage,
} from "./subscription-message.ts";

/** Events of one stream that are logged within this time are sent together. */
const BATCH_INTERVAL_MS = 200;

export interface SubscriptionsOptions {
  /** The file of the events that are not sent yet. */
  readonly path: string;
  readonly filters: SubscriptionFilters;
  readonly functions: SubscribedFunctions;
  readonly streams: SubscribedStreams;
}

/**
 * Sends the events that match subscription filters to functions and delivery streams. Each is on disk until the
 * destination has accepted it, so that it is sent at least once, even if the process is killed.
 */
export class Subscriptions {
  readonly #filters: SubscriptionFilters;
  readonly #functions: SubscribedFunctions;
  readonly #streams: SubscribedStreams;
  readonly #pending: Journal<SubscribedEvent>;
  #timer: NodeJS.Timeout | undefined;
  #sending = Promise.resolve();
  #running = false;

  constructor({ path, filters, functions, streams }: SubscriptionsOptions) {
    this.#filters = filters;
    this.#functions = functions;
    this.#streams = streams;
    this.#pending = new Journal(path);
  }

  /** Accepts events that were appended to a stream. */
  accept(logGroup: string, logStream: string, events: readonly StoredEvent[]): void {
    for (const { filterName, filterPattern, destinationArn, roleArn } of this.#filters.of(logGroup)) {
      const matches = parseFilterPattern(filterPattern);
      const matching = events
        .filter(({ message }) => matches(message))
        .map(({ eventId: id, timestamp, message }) => {
          const event = { logGroup, logStream, filterName, destinationArn, roleArn, id, timestamp, message };
          return [keyOf(event), event] as const;
        });
      if (matching.length > 0) this.#pending.commit(matching);
    }
    this.#schedule();
  }

  /** Starts to send, beginning with the events of an earlier process. The functions must be ready. */
  resume(): void {
    this.#running = true;
    this.#schedule();
  }

  /** Sends what is pending, and nothing more: later events are sent after the next start. */
  async suspend(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    clearTimeout(this.#timer);
    await this.#send();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#pending.close();
  }

  #schedule(): void {
    if (!this.#running || this.#timer || this.#pending.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#send();
    }, BATCH_INTERVAL_MS).unref();
  }

  /** One after the other, so that no event is sent twice. */
  #send(): Promise<void> {
    this.#sending = this.#sending.then(async () => {
      for (const batch of batchesOf(this.#pending.values())) await this.#sendBatch(batch);
    });
    return this.#sending;
  }

  /** As on AWS, events are discarded when the destination was deleted or no longer accepts them. */
  async #sendBatch(batch: Batch): Promise<void> {
    const [{ logGroup, filterName, destinationArn, roleArn }] = batch;
    const message = subscriptionMessage(batch);
    try {
      if (roleArn !== undefined) this.#streams.put(destinationArn, roleArn, message);
      else await this.#functions.invoke(destinationArn, logGroup, JSON.stringify(functionEvent(message)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.error(`The subscription filter ${filterName} of ${logGroup} discarded ${batch.length} events: ${reason}`);
    }
    this.#pending.commit(batch.map((event) => [keyOf(event), null]));
  }
}

function keyOf({ logGroup, filterName, id }: SubscribedEvent): string {
  return [logGroup, filterName, id].join("\n");
}
