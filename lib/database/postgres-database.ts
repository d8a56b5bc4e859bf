import pg, { type Pool, type PoolClient, type QueryResultRow } from "pg";
import { describeError, type Log } from "../log/log.ts";
import type { UserSecret } from "../secrets/cached-secret.ts";
import { noTracer, type Tracer } from "../tracing/tracer.ts";
import { type Database, DatabaseUnavailableError, type Rows, type Statement } from "./database.ts";
import { classifyFailure } from "./failure.ts";
import { connectionOptions, type DatabaseSettings } from "./settings.ts";
import { traceStatement } from "./trace-statement.ts";

/**
 * The role to connect as. `refresh` is called after the cached credentials were rejected, since they may have been
 * rotated.
 */
export interface DatabaseCredentials {
  get(): Promise<UserSecret>;
  refresh(): Promise<UserSecret>;
}

/**
 * Milliseconds. Together they limit a query to 3 s while the database is unavailable: a closed pooled connection fails
 * immediately, then one new connection and one statement may each use their time.
 */
const limits = { connect: 1_000, statement: 1_200, query: 1_500, idle: 60_000 } as const;

/**
 * A PostgreSQL client with one connection by default, because a Lambda sandbox handles one event at a time. The
 * connection may be closed while the sandbox is frozen between events; {@link query} reconnects.
 */
export class PostgresDatabase implements Database {
  readonly #settings: DatabaseSettings;
  readonly #credentials: DatabaseCredentials;
  readonly #log: Log;
  readonly #connections: number;
  readonly #tracer: Tracer;
  #pool: Promise<Pool> | undefined;

  /** @param connections maximum number of open connections */
  constructor(
    settings: DatabaseSettings,
    credentials: DatabaseCredentials,
    log: Log,
    connections = 1,
    tracer: Tracer = noTracer,
  ) {
    this.#settings = settings;
    this.#credentials = credentials;
    this.#log = log;
    this.#connections = connections;
    this.#tracer = tracer;
  }

  query<Row extends QueryResultRow>(statement: Statement): Promise<Rows<Row>> {
    const run = () => this.#runWithRetry<Row>(statement);
    return traceStatement(this.#tracer, this.#settings, statement.name, run);
  }

  async #runWithRetry<Row extends QueryResultRow>(statement: Statement): Promise<Rows<Row>> {
    const client = await this.#connect();
    try {
      return await run<Row>(client, statement);
    } catch (error) {
      if (classifyFailure(error) !== "lost" || statement.once) throw translateError(error);
      this.#log.info("The database connection was lost; retrying once", { error: describeError(error) });
    }
    try {
      return await run<Row>(await this.#connect(), statement);
    } catch (error) {
      throw translateError(error);
    }
  }

  /** Closes the connections. A Lambda function never does; servers and tests do. */
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
    // Without a listener, an error on an idle connection would end the process.
    pool.on("error", (error) =>
      this.#log.debug("An idle database connection was closed", { error: describeError(error) }),
    );
    return pool;
  }
}

async function run<Row extends QueryResultRow>(client: PoolClient, statement: Statement): Promise<Rows<Row>> {
  // A connection that is closed during a query emits this event as well as failing the query.
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
    : new DatabaseUnavailableError("The database does not respond", { cause });

const translateError = (error: unknown): unknown =>
  classifyFailure(error) === "statement" ? error : unavailable(error);
