import type { Statement } from "../../lib/database/database.ts";
import { basename } from "../../lib/keys/object-key.ts";
import type { CatalogSearchQuery, Rank } from "./search-query.ts";
import { fileColumns, isBelow, rowsBelow } from "./statement-parts.ts";

/** Characters of a basename in the index `file_search_by_name`. */
const INDEXED_CHARACTERS = 200;
/** Shorter texts contain no trigram, so they are found by their characters. */
const TRIGRAM = 3;

/** How many files are compared before a text is known to be common. */
export interface SearchLimits {
  /** Entries of an order that does not depend on the keys, which show how many of the files have the text. */
  readonly sample: number;
  /** Files of one rank that are sorted by the lengths of their keys. */
  readonly sorted: number;
}

/**
 * Comparing the sample takes about a millisecond, and sorting 10,000 files 20 ms. Of a text that more files contain, a
 * page of 100 files reads at most 1 % of the entries.
 */
export const defaultLimits: SearchLimits = { sample: 1_000, sorted: 10_000 };

/**
 * The divisor for texts without a trigram. They are common earlier, because the index of characters finds many more
 * files than have the text.
 */
const SHORT_TEXT = 10;

const maximumSorted = (text: string, { sorted }: SearchLimits): number =>
  isShort(text) ? Math.ceil(sorted / SHORT_TEXT) : sorted;

/** An order with which no text is correlated: of a common text, a page reads few entries, whatever it is. */
const scattered = "hashtextextended(file_search.key, 0), file_search.key";
const byLength = "file_search.length, file_search.key";
const name = indexedName("file_search.name");

const orders = [byLength, `${name}, ${byLength}`, byLength, byLength] as const satisfies Record<Rank, string>;

/**
 * The files of a rank in its order, after the position of the query if this is in the rank. One statement per rank lets
 * PostgreSQL use the index of this rank, and the statements of lower ranks are not run when the page is full. A rank
 * excludes the files of the others.
 *
 * Ranks 0 and 1 are read in the order of an index. For ranks 2 and 3, see {@link sampleStatement}.
 */
export function rankStatement(bucket: string, query: CatalogSearchQuery, rank: Rank, limit: number): Statement {
  const values: unknown[] = [bucket, query.text, limit];
  const conditions = conditionsOf(rank, query.text, values);
  const { after } = query;
  if (after?.rank === rank) {
    const position = [`$${values.push(after.length)}`, `$${values.push(after.key)}`];
    const columns = ["length", "key"];
    if (rank === 1) {
      columns.unshift(indexedName("name"));
      position.unshift(indexedName(folded(`$${values.push(basename(after.key))}`)));
    }
    conditions.push(`(${columns.join(", ")}) > (${position.join(", ")})`);
  }
  return pageOf(query, conditions, orders[rank], values);
}

/**
 * The files with a text in the order that does not depend on the keys, if the text is common: so many of the first
 * entries have it that more than {@link SearchLimits.sorted} files are expected. Otherwise no row, and the files are
 * selected by {@link sortedStatement}. Fewer rows than requested mean that {@link commonStatement} selects them.
 */
export function sampleStatement(
  bucket: string,
  { text, prefixes }: CatalogSearchQuery,
  rank: 2 | 3,
  limit: number,
  limits: SearchLimits,
): Statement {
  const values: unknown[] = [bucket, text, limit, limits.sample, maximumSorted(text, limits)];
  const readable = prefixes.includes("")
    ? "true"
    : `(${prefixes.map((prefix) => isBelow(prefix, values)).join(" or ")})`;
  return {
    name: "search sample",
    text: `
      with sample as materialized (
        select key, folder, name from file_search where bucket = $1 order by ${scattered} limit $4
      ), found as materialized (
        select key from sample where ${scanConditionsOf(rank).join(" and ")} and ${readable}
      ), share as (
        select (select count(*) from found)::float8 / nullif((select count(*) from sample), 0) as found
      )
      select ${fileColumns}
      from (
        select key from found as file_search
        where (select found from share) * (
          select reltuples from pg_class where oid = 'public.file_search'::regclass
        ) > $5
        order by ${scattered} limit $3
      ) as file_search
      join file on file.bucket = $1 and file.key = file_search.key
      order by ${scattered}`,
    values,
  };
}

/**
 * The files with a text in the order of lengths. If there are more than {@link SearchLimits.sorted}, one row in which
 * `exceeded` is true and the columns of the file are null.
 */
export function sortedStatement(
  bucket: string,
  { text, prefixes }: CatalogSearchQuery,
  rank: 2 | 3,
  limit: number,
  limits: SearchLimits,
): Statement {
  const values: unknown[] = [bucket, text, limit, maximumSorted(text, limits)];
  const conditions = ["bucket = $1", ...conditionsOf(rank, text, values)];
  const source = rowsBelow("file_search", prefixes, { conditions, limit: "$4 + 1", values });
  return {
    name: "search sorted",
    text: `
      with found as materialized (select key, length from ${source} limit $4 + 1),
        total as (select count(*) > $4 as exceeded from found)
      select total.exceeded, ${fileColumns}
      from total
      left join lateral (
        select key, length from found as file_search where not total.exceeded order by ${byLength} limit $3
      ) as file_search on true
      left join file on file.bucket = $1 and file.key = file_search.key
      order by ${byLength}`,
    values,
  };
}

/** The files with a common text in the order of {@link sampleStatement}, after the position of the query. */
export function commonStatement(bucket: string, query: CatalogSearchQuery, rank: 2 | 3, limit: number): Statement {
  const values: unknown[] = [bucket, query.text, limit];
  const conditions = [...scanConditionsOf(rank)];
  if (query.after?.rank === rank) {
    const key = `$${values.push(query.after.key)}::text`;
    conditions.push(`(hashtextextended(key, 0), key) > (hashtextextended(${key}, 0), ${key})`);
  }
  return pageOf(query, conditions, scattered, values);
}

function pageOf(
  { prefixes }: CatalogSearchQuery,
  conditions: readonly string[],
  order: string,
  values: unknown[],
): Statement {
  const source = rowsBelow("file_search", prefixes, {
    conditions: ["bucket = $1", ...conditions],
    order,
    limit: "$3",
    values,
  });
  return {
    name: "search",
    text: `
      select ${fileColumns}
      from (select key, length, name from ${source} order by ${order} limit $3) as file_search
      join file on file.bucket = $1 and file.key = file_search.key
      order by ${order}`,
    values,
  };
}

function folded(text: string): string {
  return `public.file_search_text(${text})`;
}

function indexedName(text: string): string {
  return `left(${text}, ${INDEXED_CHARACTERS})`;
}

/** A text in a `like` pattern, in which its wildcards are literal. */
const literal = (text: string): string => `replace(replace(replace(${text}, '\\', '\\\\'), '%', '\\%'), '_', '\\_')`;

const searched = folded("$2");
const pattern = literal(searched);
const beginning = indexedName(searched);

function conditionsOf(rank: Rank, text: string, values: unknown[]): string[] {
  const inName = `name like '%' || ${pattern} || '%'`;
  const atBeginning = `name like ${pattern} || '%'`;
  switch (rank) {
    case 0:
      return [`${indexedName("name")} = ${beginning}`, `name = ${searched}`];
    case 1:
      // Not `like` for the whole name: the index of trigrams would find the files, but not in their order.
      return [
        `${indexedName("name")} like ${literal(beginning)} || '%'`,
        `starts_with(name, ${searched})`,
        `name <> ${searched}`,
      ];
    case 2:
      // The underscore excludes a text that is only at the beginning from the estimate of the planner.
      return [`name like '_%' || ${pattern} || '%'`, `not (${atBeginning})`, ...characters(text)];
    case 3:
      return [...inFolder(text, values), `not (${inName})`, ...characters(text)];
  }
}

/** The conditions of a rank for a scan in another order, in a form that the indexes of texts do not have. */
function scanConditionsOf(rank: 2 | 3): readonly string[] {
  const inName = `strpos(name, ${searched})`;
  return rank === 2 ? [`${inName} > 1`] : [`strpos(folder || name, ${searched}) > 0`, `${inName} = 0`];
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

const isShort = (text: string): boolean => [...text].length < TRIGRAM;

const characters = (text: string): readonly string[] =>
  isShort(text) ? [`string_to_array(folder || name, null) @> string_to_array(${searched}, null)`] : [];
