import type { ResultColumn } from "./engine/protocol.ts";

export type QueryState = "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";

/** A query that was started. Times are in milliseconds since the epoch. */
export interface QueryExecution {
  readonly id: string;
  readonly statement: string;
  readonly database: string;
  readonly workGroup: string;
  /** `s3://<bucket>/<prefix>/<id>.csv` */
  readonly outputLocation: string;
  /** `SSE_S3`, `SSE_KMS` or `CSE_KMS`; undefined when the results have the encryption of the bucket. */
  readonly encryption: string | undefined;
  readonly state: QueryState;
  readonly reason: string | undefined;
  readonly submitted: number;
  readonly completed: number | undefined;
  readonly scannedBytes: number;
  /** Of a query that succeeded. */
  readonly columns: readonly ResultColumn[];
  readonly clientToken: string | undefined;
}

export const FINAL_STATES: ReadonlySet<QueryState> = new Set(["SUCCEEDED", "FAILED", "CANCELLED"]);
