import type { Queues } from "../queues.ts";

/** The dependencies of the operations. */
export interface SqsContext {
  readonly queues: Queues;
  /** Aborts when SQS closes, to end long polls. */
  readonly closing: AbortSignal;
}
