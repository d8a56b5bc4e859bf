import type { QueryResultRow } from "pg";

/** An SQL statement with the parameters `$1`, `$2` … and their values. */
export interface Statement {
  /** Names the statement in traces, which do not contain its text and values. */
  readonly name: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Set for a statement that is not idempotent; see {@link Database.query}. */
  readonly once?: true;
}

export interface Rows<Row> {
  readonly rows: readonly Row[];
  /** Number of rows returned, or changed by a statement that returns none. */
  readonly count: number;
}

export interface Database {
  /**
   * Runs one statement in its own transaction. When the connection is lost, it is run once more on a new one, unless
   * `once` is set: the error then does not indicate whether the statement ran.
   *
   * @throws DatabaseUnavailableError within the time limits of the implementation
   */
  query<Row extends QueryResultRow>(statement: Statement): Promise<Rows<Row>>;
}

/** The database cannot be reached, rejects the credentials, or does not respond in time. A retry may succeed. */
export class DatabaseUnavailableError extends Error {
  override readonly name = "DatabaseUnavailableError";
  readonly code = "DatabaseUnavailable";
}
