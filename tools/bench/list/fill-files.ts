import type { FilesDatabase } from "../../../services/postgres-init/testing/files-database.ts";

/** The bucket of the files. */
export const BUCKET = "bench";
/** Folders at the top, each with four folders. */
export const FOLDERS = 1_000;
const BATCH = 500_000;

/**
 * Adds rows like those of a real bucket to the empty table of files: folders in folders, and names with words, accents
 * and a type. The indexes are created afterwards, which takes a tenth of the time in tens of millions of rows. The
 * table is not vacuumed meanwhile, which would make the later migrations wait.
 */
export async function fillFiles(admin: FilesDatabase["admin"], rows: number): Promise<void> {
  const { rows: indexes } = await admin.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid = 'file'::regclass and not indisprimary`,
  );
  await admin.query("alter table file set (autovacuum_enabled = off)");
  await admin.query("alter table file drop constraint file_pkey");
  for (const { name } of indexes) await admin.query(`drop index ${name}`);
  for (let from = 1; from <= rows; from += BATCH) {
    await admin.query(
      `insert into file (bucket, key, sequencer, size, etag, content_type, date_added)
       select $1, 'folder-' || lpad((n % $2)::text, 4, '0')
           || (array['/Photos/', '/Reports/', '/Müsik/', '/docs/'])[1 + (hashint4(n) & 3)]
           || (array['IMG_', 'report-', 'café ', 'x'])[1 + (hashint4(n + 7) & 3)] || left(md5(n::text), 12)
           || (array['.jpg', '.pdf', '.txt', ''])[1 + (hashint4(n + 9) & 3)],
         repeat('0', 64), hashint4(n) & 1048575, md5(n::text), 'image/jpeg', now() - n * interval '1 second'
       from generate_series($3::int, $4::int) n`,
      [BUCKET, FOLDERS, from, Math.min(rows, from + BATCH - 1)],
    );
  }
  await admin.query("set maintenance_work_mem = '512MB'");
  await admin.query("alter table file add primary key (bucket, key)");
  for (const { definition } of indexes) await admin.query(definition);
  await admin.query("reset maintenance_work_mem");
  await admin.query("analyze file"); // Without statistics, the backfill of a migration sorts the table for each batch.
}
