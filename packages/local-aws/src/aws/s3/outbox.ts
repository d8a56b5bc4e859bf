import { setTimeout } from "node:timers/promises";
import type { Clock } from "../../runtime/clock.ts";
import type { Delivery } from "./model.ts";
import type { Store } from "./store.ts";

/** Hands an event to a queue, topic or function; rejects when the target cannot take it now. */
export type Notify = (targetArn: string, event: object) => Promise<void> | void;

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 30_000;

/** An event that no target has taken for this long is given up, so that a target removed for good does not hold the others' memory. */
const GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Delivers events that were committed with the change that they tell of, in order for each target, at least once: what is not acknowledged
 * when the process dies is sent again by the next start.
 */
export class Outbox {
  readonly #store: Pick<Store, "deliveries" | "removeDelivery">;
  readonly #notify: Notify;
  readonly #clock: Clock;
  /** Of each target, what waits for it; a target with an entry has a loop that empties it. */
  readonly #queues = new Map<string, Delivery[]>();
  readonly #stop = new AbortController();
  #started = false;

  constructor(store: Pick<Store, "deliveries" | "removeDelivery">, notify: Notify, clock: Clock) {
    this.#store = store;
    this.#notify = notify;
    this.#clock = clock;
  }

  /** Begins to deliver, first what an earlier run left. Targets must be ready. */
  start(): void {
    this.#started = true;
    this.send(this.#store.deliveries());
  }

  /** Delivers what was just committed; before {@link start} it waits in the store. */
  send(deliveries: readonly Delivery[]): void {
    if (!this.#started) return;
    for (const delivery of deliveries) {
      const queue = this.#queues.get(delivery.targetArn);
      if (queue) queue.push(delivery);
      else {
        this.#queues.set(delivery.targetArn, [delivery]);
        void this.#drain(delivery.targetArn);
      }
    }
  }

  close(): void {
    this.#stop.abort();
  }

  async #drain(targetArn: string): Promise<void> {
    const queue = this.#queues.get(targetArn) ?? [];
    for (let delivery = queue[0]; delivery; delivery = queue[0]) {
      await this.#deliver(delivery);
      if (this.#stop.signal.aborted) return;
      this.#store.removeDelivery(delivery.id);
      queue.shift();
    }
    this.#queues.delete(targetArn);
  }

  /** Returns when the target has taken the event, when it is given up, or when the outbox closes. */
  async #deliver({ targetArn, event, created }: Delivery): Promise<void> {
    for (let wait = FIRST_RETRY_MS; !this.#stop.signal.aborted; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
      try {
        await this.#notify(targetArn, event);
        return;
      } catch (error) {
        if (this.#clock.now() - created > GIVE_UP_AFTER_MS) {
          console.error(`S3 gives up an event for ${targetArn} after a day: ${String(error)}`);
          return;
        }
        // rejects when the outbox closes, which the loop sees; must not keep the process alive
        await setTimeout(wait, undefined, { signal: this.#stop.signal, ref: false }).catch(() => {});
      }
    }
  }
}
