import type { Client } from "pg";

/** The connection that initialization uses. The lock belongs to it, so every statement must use the same one. */
export type Connection = Pick<Client, "query">;

/** An arbitrary number that nothing else in this database locks. */
const LOCK_KEY = 7_318_402;

/**
 * Runs the work while it holds an advisory lock of the database, so that concurrent calls in any process run one after
 * the other. A call that waits for more than 30 s fails with SQLSTATE 55P03.
 */
export async function withAdvisoryLock<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.query("set lock_timeout = '30s'");
  await connection.query("select pg_advisory_lock($1)", [LOCK_KEY]);
  try {
    return await work();
  } finally {
    await connection.query("select pg_advisory_unlock($1)", [LOCK_KEY]);
  }
}
