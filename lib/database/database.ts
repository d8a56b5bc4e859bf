import type { QueryResultRow } from "pg";

/** An SQL statement with `$1`, `$2` … and their values. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Set for a statement that would have its effect twice when it runs twice; see {@link Database.query}. */
  readonly once?: true;
}

export interface Rows<Row> {
  readonly rows: readonly Row[];
  /** Rows returned, or rows changed by a statement that returns none. */
  readonly count: number;
}

export interface Database {
  /**
   * Runs one statement, in a transaction of its own. When the connection turns out to be dead it is run once more on a new one, unless
   * the statement says `once`: then nobody knows whether it ran, and the caller is told so by the error.
   *
   * @throws DatabaseUnavailableError within the time limits of the implementation
   */
  query<Row extends QueryResultRow>(statement: Statement): Promise<Rows<Row>>;
}

/** The database cannot be reached, refuses the credentials, or does not answer in time. Trying again later may help. */
export class DatabaseUnavailableError extends Error {
  override readonly name = "DatabaseUnavailableError";
  readonly code = "DatabaseUnavailable";
}
