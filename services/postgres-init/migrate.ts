import { createHash } from "node:crypto";
import type { Connection } from "./advisory-lock.ts";
import { buildIndex, runBackfill } from "./long-steps.ts";
import type { Migration } from "./migration.ts";

/** A migration was edited after it had been applied. */
export class MigrationChangedError extends Error {
  override readonly name = "MigrationChangedError";
  readonly code = "MigrationChanged";
}

/**
 * Applies the missing migrations in order, each in its own transaction together with its record, after its long steps.
 * The caller holds the lock of {@link withAdvisoryLock}. A migration that waits for the lock of a table would block all
 * readers behind it, so it waits for a moment only and retries.
 *
 * @returns the names of the applied migrations
 * @throws MigrationChangedError before anything is applied
 */
export async function migrate(
  connection: Connection,
  migrations: readonly Migration[],
  pause: () => Promise<void>,
): Promise<readonly string[]> {
  const missing = await findMissing(connection, migrations);
  for (const migration of missing) {
    await runLongSteps(connection, migration);
    await applyWithRetry(connection, migration, pause);
  }
  return missing.map(({ name }) => name);
}

/** Of everything that is run. Long steps were added to the format later, so a migration without any has none. */
const checksum = ({ sql = "", backfill, indexes }: Migration): string => {
  const hash = createHash("sha256").update(sql);
  if (backfill || indexes) hash.update(JSON.stringify([backfill, indexes]));
  return hash.digest("hex");
};

/** Memory for building indexes; a GIN index takes several times longer with the default of 64 MB. */
const INDEX_MEMORY = "256MB";

async function runLongSteps(connection: Connection, { backfill, indexes, analyze }: Migration): Promise<void> {
  if (backfill) await runBackfill(connection, backfill);
  if (indexes) {
    await connection.query(`set maintenance_work_mem = '${INDEX_MEMORY}'`);
    for (const index of indexes) await buildIndex(connection, index);
    await connection.query("reset maintenance_work_mem");
  }
  if (analyze !== undefined) await connection.query(`analyze ${analyze}`);
}

async function findMissing(connection: Connection, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  await connection.query(`
    create table if not exists schema_migration (
      version integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
  const { rows } = await connection.query<{ version: number; checksum: string }>(
    "select version, checksum from schema_migration",
  );
  const applied = new Map(rows.map((row) => [row.version, row.checksum]));
  for (const migration of migrations) {
    const recorded = applied.get(migration.version);
    if (recorded !== undefined && recorded !== checksum(migration)) {
      throw new MigrationChangedError(`The migration ${migration.name} was changed after it had been applied`);
    }
  }
  return migrations.filter(({ version }) => !applied.has(version));
}

const ATTEMPTS = 5;

async function applyWithRetry(connection: Connection, migration: Migration, pause: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await apply(connection, migration);
    } catch (error) {
      if (attempt === ATTEMPTS || !isLockTimeout(error)) throw error;
      await pause();
    }
  }
}

/**
 * Milliseconds. An automatic vacuum, which can take hours, is cancelled for whoever has waited for `deadlock_timeout`,
 * which is a second: https://www.postgresql.org/docs/17/routine-vacuuming.html#AUTOVACUUM
 */
const LOCK_TIMEOUT = 1_500;

async function apply(connection: Connection, migration: Migration): Promise<void> {
  await connection.query("begin");
  try {
    await connection.query(`set local lock_timeout = ${LOCK_TIMEOUT}`);
    await connection.query("set local statement_timeout = '5s'");
    if (migration.sql !== undefined) await connection.query(migration.sql);
    await connection.query("insert into schema_migration (version, name, checksum) values ($1, $2, $3)", [
      migration.version,
      migration.name,
      checksum(migration),
    ]);
    await connection.query("commit");
  } catch (error) {
    await connection.query("rollback");
    throw error;
  }
}

/** lock_not_available: https://www.postgresql.org/docs/17/errcodes-appendix.html */
const isLockTimeout = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "55P03";
