import type { Queues } from "../queues.ts";

/** What the operations work on. */
export interface SqsContext {
  readonly queues: Queues;
  /** Aborts when SQS closes, to end long polls. */
  readonly closing: AbortSignal;
}
