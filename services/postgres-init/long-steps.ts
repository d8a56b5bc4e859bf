import type { Connection } from "./advisory-lock.ts";
import type { Backfill, Index } from "./migration.ts";

/** Changes the rows of a table in batches, each in its own transaction, so that no lock is held for long. */
export async function runBackfill(connection: Connection, { sql, start }: Backfill): Promise<void> {
  let position: readonly unknown[] | undefined = start;
  while (position) {
    const { rows }: { rows: Record<string, unknown>[] } = await connection.query(sql, [...position]);
    position = rows[0] && Object.values(rows[0]);
  }
}

/**
 * Builds an index without blocking reads or writes of its table. An index that an interrupted run left invalid is built
 * again. See https://www.postgresql.org/docs/17/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
export async function buildIndex(connection: Connection, { name, on }: Index): Promise<void> {
  const { rows } = await connection.query<{ valid: boolean }>(
    "select indisvalid as valid from pg_index where indexrelid = to_regclass($1)",
    [`public.${name}`],
  );
  if (rows[0]?.valid) return;
  if (rows[0]) await connection.query(`drop index concurrently public.${name}`);
  await connection.query(`create index concurrently ${name} on ${on}`);
}
