import type { AlarmChange, AlarmState } from "./alarm-change.ts";

/**
 * What an attempt to deliver a change may do: `granted` sends it (`isRetry` if it was tried before), `superseded` means
 * that this or a later change of the alarm has been delivered, and `busy` that another invocation is delivering one.
 */
export type Grant =
  | { readonly kind: "granted"; readonly lastState: AlarmState | undefined; readonly isRetry: boolean }
  | { readonly kind: "superseded" }
  | { readonly kind: "busy" };

/** The time in which changes are counted: a minute, but less locally. */
export interface CountedWindow {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Changes so far, including the counted one. */
  readonly count: number;
  /** Whether the digest of the window is scheduled. */
  readonly scheduled: boolean;
}

/** What has been delivered, so that each change is delivered once and in the order of the changes. */
export interface DeliveryRecords {
  /**
   * Reserves the delivery of a change to a recipient, for longer than an invocation lasts.
   *
   * @param subject recipient and alarm.
   */
  begin(subject: string, changedAt: string): Promise<Grant>;
  /** Records the delivery and ends the reservation. */
  finish(subject: string, changedAt: string, state: AlarmState): Promise<void>;
  /** Ends the reservation after a failure, so that the next attempt need not wait. */
  abandon(subject: string): Promise<void>;
  /** Counts a change in the current window, or in a new one when the last one has ended. */
  count(): Promise<CountedWindow>;
  /** Stores a change for the digest of the window. */
  collect(startedAt: number, change: AlarmChange): Promise<void>;
  markScheduled(startedAt: number): Promise<void>;
  /** The collected changes, in their order. */
  collected(startedAt: number): Promise<readonly AlarmChange[]>;
  forget(startedAt: number, changes: readonly AlarmChange[]): Promise<void>;
}
