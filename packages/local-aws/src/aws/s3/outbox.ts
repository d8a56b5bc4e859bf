import { setTimeout } from "node:timers/promises";
import type { Clock } from "../../runtime/clock.ts";
import type { Delivery } from "./delivery.ts";
import type { MetadataStore } from "./metadata-store.ts";

/** Delivers an event to a queue, topic or function; rejects when the target does not accept it. */
export type Notify = (targetArn: string, event: object, traceHeader?: string) => Promise<void> | void;

const INITIAL_RETRY_DELAY_MS = 250;
const MAX_RETRY_DELAY_MS = 30_000;

/**
 * An event that could not be delivered for this long is dropped, so that the events of a deleted target do not
 * accumulate.
 */
const MAX_EVENT_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * A transactional outbox: events are committed together with the change that they describe, and delivered in order for
 * each target, at least once. Events that are not acknowledged when the process ends are sent again at the next start.
 */
export class Outbox {
  readonly #store: Pick<MetadataStore, "deliveries" | "removeDelivery">;
  readonly #notify: Notify;
  readonly #clock: Clock;
  /** The pending events by target. Each entry is drained by a running {@link #drain}. */
  readonly #queues = new Map<string, Delivery[]>();
  readonly #stop = new AbortController();
  #started = false;

  constructor(store: Pick<MetadataStore, "deliveries" | "removeDelivery">, notify: Notify, clock: Clock) {
    this.#store = store;
    this.#notify = notify;
    this.#clock = clock;
  }

  /** Starts to deliver, beginning with the events of earlier runs. The targets must be ready. */
  start(): void {
    this.#started = true;
    this.send(this.#store.deliveries());
  }

  /** Delivers committed events. Before {@link start}, they wait in the store. */
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

  /** Resolves when the target has accepted the event, the event is dropped, or the outbox closes. */
  async #deliver({ targetArn, event, created, traceHeader }: Delivery): Promise<void> {
    for (let wait = INITIAL_RETRY_DELAY_MS; !this.#stop.signal.aborted; wait = Math.min(wait * 2, MAX_RETRY_DELAY_MS)) {
      try {
        await this.#notify(targetArn, event, traceHeader);
        return;
      } catch (error) {
        if (this.#clock.now() - created > MAX_EVENT_AGE_MS) {
          console.error(`S3 dropped an event for ${targetArn} after 24 hours of failed deliveries: ${String(error)}`);
          return;
        }
        // Rejects when the outbox closes, which ends the loop. The timer must not keep the process running.
        await setTimeout(wait, undefined, { signal: this.#stop.signal, ref: false }).catch(() => {});
      }
    }
  }
}
