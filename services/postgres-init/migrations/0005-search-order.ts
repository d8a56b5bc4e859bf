import type { Index } from "../migration.ts";

/**
 * - `file_search_by_hash`: files with a common text. Lengths and keys depend on the texts: with an order by these, a
 *   search for a common text can read millions of entries before it finds the first one. With hashes, it finds them
 *   evenly distributed.
 */
export const indexes: readonly Index[] = [
  { name: "file_search_by_hash", on: "public.file_search (bucket, hashtextextended(key, 0), key)" },
];

/** `file_search_by_length` was for common texts. */
export const sql = "drop index if exists public.file_search_by_length";
