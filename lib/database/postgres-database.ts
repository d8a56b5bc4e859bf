import pg, { type Pool, type PoolClient, type QueryResultRow } from "pg";
import { describeError, type Log } from "../log/log.ts";
import type { UserSecret } from "../secrets/cached-secret.ts";
import { type Database, DatabaseUnavailableError, type Rows, type Statement } from "./database.ts";
import { classifyFailure } from "./failure.ts";
import { connectionOptions, type DatabaseSettings } from "./settings.ts";

/** The role to sign in with. `refresh` is asked after the kept one was refused, since it may have been rotated. */
export interface DatabaseCredentials {
  get(): Promise<UserSecret>;
  refresh(): Promise<UserSecret>;
}

/**
 * Milliseconds. Together they keep the promise of an answer within 3 s when the database is away: a dead pooled connection fails
 * at once, then one new connection and one statement may each use their time.
 */
const limits = { connect: 1_000, statement: 1_200, query: 1_500, idle: 60_000 } as const;

/**
 * PostgreSQL by one connection unless told otherwise, because a Lambda sandbox handles one event at a time. A sandbox may be frozen for
 * minutes between events and find its connection dead; {@link query} hides that.
 */
export class PostgresDatabase implements Database {
  readonly #settings: DatabaseSettings;
  readonly #credentials: DatabaseCredentials;
  readonly #log: Log;
  readonly #connections: number;
  #pool: Promise<Pool> | undefined;

  /** @param connections the most at the same time */
  constructor(settings: DatabaseSettings, credentials: DatabaseCredentials, log: Log, connections = 1) {
    this.#settings = settings;
    this.#credentials = credentials;
    this.#log = log;
    this.#connections = connections;
  }

  async query<Row extends QueryResultRow>(statement: Statement): Promise<Rows<Row>> {
    const client = await this.#connect();
    try {
      return await run<Row>(client, statement);
    } catch (error) {
      if (classifyFailure(error) !== "lost" || statement.once) throw translated(error);
      this.#log.info("The database connection was lost; trying once more", { error: describeError(error) });
    }
    try {
      return await run<Row>(await this.#connect(), statement);
    } catch (error) {
      throw translated(error);
    }
  }

  /** Ends the connection. A Lambda function never does; tests and commands do. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await (await pool)?.end();
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await (await this.#open(() => this.#credentials.get())).connect();
    } catch (error) {
      if (classifyFailure(error) !== "credentials") throw unavailable(error);
    }
    try {
      await this.close();
      return await (await this.#open(() => this.#credentials.refresh())).connect();
    } catch (error) {
      throw unavailable(error);
    }
  }

  #open(credentials: () => Promise<UserSecret>): Promise<Pool> {
    if (this.#pool) return this.#pool;
    const pool = credentials().then((user) => this.#createPool(user));
    this.#pool = pool;
    pool.catch(() => {
      if (this.#pool === pool) this.#pool = undefined;
    });
    return pool;
  }

  #createPool({ username, password }: UserSecret): Pool {
    const pool = new pg.Pool({
      ...connectionOptions(this.#settings),
      user: username,
      password,
      max: this.#connections,
      connectionTimeoutMillis: limits.connect,
      statement_timeout: limits.statement,
      query_timeout: limits.query,
      idleTimeoutMillis: limits.idle,
      keepAlive: true,
    });
    // Without a listener, the death of an idle connection would end the process.
    pool.on("error", (error) => this.#log.debug("An idle database connection ended", { error: describeError(error) }));
    return pool;
  }
}

async function run<Row extends QueryResultRow>(client: PoolClient, statement: Statement): Promise<Rows<Row>> {
  // A connection in use tells of its own death here, besides failing its query.
  const ignore = (): void => {};
  client.on("error", ignore);
  let failure: unknown;
  try {
    const { rows, rowCount } = await client.query<Row>(statement.text, [...(statement.values ?? [])]);
    return { rows, count: rowCount ?? 0 };
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    client.off("error", ignore);
    client.release(failure !== undefined && classifyFailure(failure) !== "statement");
  }
}

const unavailable = (cause: unknown): DatabaseUnavailableError =>
  cause instanceof DatabaseUnavailableError
    ? cause
    : new DatabaseUnavailableError("The database does not answer", { cause });

const translated = (error: unknown): unknown => (classifyFailure(error) === "statement" ? error : unavailable(error));
