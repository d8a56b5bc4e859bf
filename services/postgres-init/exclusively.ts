import type { Client } from "pg";

/** The part of a connection that initialization uses. It is one connection throughout: the lock belongs to it. */
export type Connection = Pick<Client, "query">;

/** Any number that nothing else in this database locks. */
const LOCK = 7_318_402;

/** Of two calls at once, in whatever process, the second waits for the first; it fails with SQLSTATE 55P03 after 30 s. */
export async function exclusively<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.query("set lock_timeout = '30s'");
  await connection.query("select pg_advisory_lock($1)", [LOCK]);
  try {
    return await work();
  } finally {
    await connection.query("select pg_advisory_unlock($1)", [LOCK]);
  }
}
