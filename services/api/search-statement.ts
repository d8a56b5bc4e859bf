import type { Statement } from "../../lib/database/database.ts";
import type { CatalogSearchQuery, Rank } from "./search-query.ts";
import { fileColumns, rowsBelow } from "./statement-parts.ts";

/** Characters of a basename in the index `file_search_by_name`. */
const INDEXED_CHARACTERS = 200;
/** Shorter texts contain no trigram, so they are found by their characters. */
const TRIGRAM = 3;

/**
 * Selects the files of one rank, shorter keys first. One statement per rank lets PostgreSQL use the index of this rank,
 * and the statements of lower ranks are not run when the page is full. A rank excludes the files of the others.
 *
 * PostgreSQL chooses by the statistics of the texts: it sorts the files with a rare text, which an index finds, and
 * tests the files in the order of lengths for a common one, until the page is full.
 */
export function searchStatement(
  bucket: string,
  { text, prefixes, after }: CatalogSearchQuery,
  rank: Rank,
  limit: number,
): Statement {
  const values: unknown[] = [bucket, text, limit];
  const conditions = ["bucket = $1", ...conditionsOf(rank, text, values)];
  if (after?.rank === rank) {
    conditions.push(`(length, key) > ($${values.push(after.length)}, $${values.push(after.key)})`);
  }
  const order = "file_search.length, file_search.key";
  const source = rowsBelow("file_search", prefixes, { conditions, order, limit: "$3", values });
  return {
    text: `
      select ${fileColumns}
      from (select key, length from ${source} order by ${order} limit $3) as file_search
      join file on file.bucket = $1 and file.key = file_search.key
      order by ${order}`,
    values,
  };
}

const folded = (text: string): string => `public.file_search_text(${text})`;

/** A text in a `like` pattern, in which its wildcards are literal. */
const literal = (text: string): string => `replace(replace(replace(${text}, '\\', '\\\\'), '%', '\\%'), '_', '\\_')`;

const searched = folded("$2");
const pattern = literal(searched);
const beginning = `left(${searched}, ${INDEXED_CHARACTERS})`;

function conditionsOf(rank: Rank, text: string, values: unknown[]): readonly string[] {
  const inName = `name like '%' || ${pattern} || '%'`;
  const atBeginning = `name like ${pattern} || '%'`;
  switch (rank) {
    case 0:
      return [`left(name, ${INDEXED_CHARACTERS}) = ${beginning}`, `name = ${searched}`];
    case 1:
      return [
        `left(name, ${INDEXED_CHARACTERS}) like ${literal(beginning)} || '%'`,
        atBeginning,
        `name <> ${searched}`,
      ];
    case 2:
      // The underscore excludes a text that is only at the beginning from the estimate of the planner.
      return [`name like '_%' || ${pattern} || '%'`, `not (${atBeginning})`, ...characters(text)];
    case 3:
      return [...inFolder(text, values), `not (${inName})`, ...characters(text)];
  }
}

/**
 * A match outside the basename that contains a slash is in the folder up to its first slash, and possibly continues in
 * the basename. One without a slash is in the folder.
 */
function inFolder(text: string, values: unknown[]): readonly string[] {
  const slash = text.indexOf("/");
  if (slash < 0) return [`folder like '%' || ${pattern} || '%'`];
  const first = folded(`$${values.push(text.slice(0, slash + 1))}`);
  return [`folder like '%' || ${literal(first)} || '%'`, `folder || name like '%' || ${pattern} || '%'`];
}

const characters = (text: string): readonly string[] =>
  [...text].length < TRIGRAM ? [`string_to_array(folder || name, null) @> string_to_array(${searched}, null)`] : [];
