import type { Backfill, Index } from "../migration.ts";

/**
 * Adds the files that are older than the trigger. A row is locked against a removal until its text is stored, which
 * would otherwise remain without a file.
 */
export const backfill: Backfill = {
  start: ["", ""],
  sql: `
    with batch as (
      select bucket, key from public.file where (bucket, key) > ($1, $2) and removed_at is null
      order by bucket, key limit 2000 for share
    ), added as (
      insert into public.file_search select entry.* from batch, public.file_search_row(bucket, key) as entry
      on conflict do nothing
    )
    select bucket, key from batch order by bucket desc, key desc limit 1`,
};

/**
 * - `file_by_size`: lists by size.
 * - `file_by_key`: the folders below a prefix, and the number and size of their files. Unlike the primary key it has no
 *   tombstones, which would have to be read where many files were removed.
 * - `file_search_by_name`: names that are equal to a text or begin with it, within the size limit of an entry.
 * - `file_search_by_length`: common texts. `file_search_folder`, `file_search_name`: rare ones of three characters or
 *   more, and `file_search_character`: shorter ones, which have no trigram.
 *
 * The pending entries of a GIN index are read by every search, so there are few.
 */
export const indexes: readonly Index[] = [
  { name: "file_by_size", on: "public.file (bucket, size, key) where removed_at is null" },
  { name: "file_by_key", on: "public.file (bucket, key) include (size) where removed_at is null" },
  { name: "file_search_by_name", on: "public.file_search (bucket, left(name, 200), length, key)" },
  { name: "file_search_by_length", on: "public.file_search (bucket, length, key)" },
  ...[
    { name: "file_search_folder", values: "folder gin_trgm_ops" },
    { name: "file_search_name", values: "name gin_trgm_ops" },
    { name: "file_search_character", values: "string_to_array(folder || name, null)" },
  ].map(({ name, values }) => {
    return { name, on: `public.file_search using gin (${values}) with (gin_pending_list_limit = 512)` };
  }),
];

/** The first searches already need the statistics of the new table. */
export const analyze = "public.file_search";
