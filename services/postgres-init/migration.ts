/**
 * A change of the schema. A migration that was deployed must not be changed; add a new one instead.
 *
 * `sql` runs in one transaction, within five seconds. What takes longer with millions of rows runs before it, without
 * locking a table against reads or writes: first the backfill, then the indexes, then the statistics. All are continued
 * when a run was interrupted, and must therefore be repeatable.
 */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql?: string;
  readonly backfill?: Backfill;
  readonly indexes?: readonly Index[];
  /** The table whose statistics are renewed. */
  readonly analyze?: string;
}

/** A statement for one batch of rows. It returns the position of the last one, or no row after the end. */
export interface Backfill {
  readonly sql: string;
  /** The parameters of the first batch; those of the others are the position that the previous one returned. */
  readonly start: readonly string[];
}

/** An index that is created concurrently: `create index concurrently <name> on <on>`. */
export interface Index {
  /** Without a schema, in lower case. */
  readonly name: string;
  readonly on: string;
}
