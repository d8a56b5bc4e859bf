import type { Client } from "pg";
import type { Clock } from "../../lib/time/clock.ts";

/** The connection that initialization uses. The lock belongs to it, so every statement must use the same one. */
export type Connection = Pick<Client, "query">;

/** An arbitrary number that nothing else in this database locks. */
const LOCK_KEY = 7_318_402;

/** Milliseconds that a call waits for another one. */
const WAIT_LIMIT = 30_000;

export class InitializationLockedError extends Error {
  override readonly name = "InitializationLockedError";
  readonly code = "InitializationLocked";
}

/**
 * Runs the work while it holds an advisory lock of the database, so that concurrent calls in any process run one after
 * the other. The lock is polled: a statement that waits for it is a transaction, for whose end the concurrent creation
 * of an index by the holder of the lock would wait, which is a deadlock.
 *
 * @throws InitializationLockedError after 30 s, for example while another call builds an index of a large table
 */
export async function withAdvisoryLock<T>(
  connection: Connection,
  clock: Clock,
  pause: () => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = clock.now() + WAIT_LIMIT;
  while (!(await tryLock(connection))) {
    if (clock.now() >= deadline) throw new InitializationLockedError("Another initialization is still running");
    await pause();
  }
  try {
    return await work();
  } finally {
    await connection.query("select pg_advisory_unlock($1)", [LOCK_KEY]);
  }
}

async function tryLock(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query<{ locked: boolean }>("select pg_try_advisory_lock($1) as locked", [LOCK_KEY]);
  return rows[0]?.locked === true;
}
