import type { Clock } from "../../../lib/time/clock.ts";
import type { AlarmChange, AlarmState } from "../alarm-change.ts";
import type { CountedWindow, DeliveryRecords, Grant } from "../delivery-records.ts";

interface State {
  changedAt?: string;
  state?: AlarmState;
  reservedUntil?: number;
  attempted?: string;
}

/** Milliseconds in which changes are counted. */
export const WINDOW_MS = 60_000;

/** Delivery records for tests that need no DynamoDB. */
export class MemoryDeliveryRecords implements DeliveryRecords {
  readonly #clock: Clock;
  readonly #states = new Map<string, State>();
  readonly #digests = new Map<number, Map<string, AlarmChange>>();
  #window: CountedWindow = { startedAt: Number.NEGATIVE_INFINITY, count: 0, scheduled: false };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async begin(subject: string, changedAt: string): Promise<Grant> {
    const known = this.#states.get(subject) ?? {};
    if ((known.changedAt ?? "") >= changedAt) return { kind: "superseded" };
    if ((known.reservedUntil ?? 0) > this.#clock.now()) return { kind: "busy" };
    this.#states.set(subject, { ...known, reservedUntil: this.#clock.now() + 90_000, attempted: changedAt });
    return { kind: "granted", lastState: known.state, isRetry: known.attempted === changedAt };
  }

  async finish(subject: string, changedAt: string, state: AlarmState): Promise<void> {
    this.#states.set(subject, { changedAt, state });
  }

  async abandon(subject: string): Promise<void> {
    const { reservedUntil: _, ...known } = this.#states.get(subject) ?? {};
    this.#states.set(subject, known);
  }

  async count(): Promise<CountedWindow> {
    const now = this.#clock.now();
    const { startedAt, count, scheduled } = this.#window;
    this.#window =
      startedAt > now - WINDOW_MS
        ? { startedAt, count: count + 1, scheduled }
        : { startedAt: now, count: 1, scheduled: false };
    return this.#window;
  }

  async collect(startedAt: number, change: AlarmChange): Promise<void> {
    const digest = this.#digests.get(startedAt) ?? new Map<string, AlarmChange>();
    this.#digests.set(startedAt, digest.set(`${change.changedAt} ${change.arn}`, change));
  }

  async markScheduled(startedAt: number): Promise<void> {
    if (this.#window.startedAt === startedAt) this.#window = { ...this.#window, scheduled: true };
  }

  async collected(startedAt: number): Promise<readonly AlarmChange[]> {
    const entries = [...(this.#digests.get(startedAt) ?? [])];
    return entries.toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, change]) => change);
  }

  async forget(startedAt: number, changes: readonly AlarmChange[]): Promise<void> {
    for (const { changedAt, arn } of changes) this.#digests.get(startedAt)?.delete(`${changedAt} ${arn}`);
  }
}
