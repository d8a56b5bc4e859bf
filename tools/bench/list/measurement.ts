import type { Times } from "./catalog-timer.ts";

export type Kind = "list" | "folders" | "counts" | "search";

export interface Measurement {
  readonly kind: Kind;
  readonly name: string;
  readonly times: Times;
  /** Milliseconds of a query without the index or the cursor, in one run; infinity if it took too long. */
  readonly baseline?: number | undefined;
}

/** All measurements of one table. */
export interface TableMeasurements {
  /** Files in the table. */
  readonly rows: number;
  /** Seconds for the migrations of the filled table. */
  readonly migration: number;
  /** Bytes of the tables of files and their indexes. */
  readonly bytes: number;
  /** Selecting one row by its key. */
  readonly byKey: Times;
  readonly measurements: readonly Measurement[];
  /** Milliseconds for cached responses of the function, of which 95 % took less. */
  readonly cached: number;
}
