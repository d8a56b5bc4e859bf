import * as v from "valibot";
import { readQuery } from "../../lib/http/query.ts";
import { cursorKey, readCursor } from "./cursor.ts";
import { limitUpTo, MAX_LIMIT, prefix, textUpTo } from "./query-parameters.ts";

/**
 * How a file matches, best first: the text is its basename, the beginning of the basename, another part of the
 * basename, or another part of the key.
 */
export const ranks = [0, 1, 2, 3] as const;
export type Rank = (typeof ranks)[number];

/** The last file of the previous page. */
export interface SearchCursor {
  readonly rank: Rank;
  /** Characters (code points) of the key; null if the text is so common that its files are not sorted by it. */
  readonly length: number | null;
  readonly key: string;
}

export interface SearchQuery {
  readonly text: string;
  readonly prefix: string;
  readonly limit: number;
  readonly after: SearchCursor | undefined;
}

/** A page of the matching files below prefixes, none of which starts with another. */
export interface CatalogSearchQuery extends Omit<SearchQuery, "prefix"> {
  readonly prefixes: readonly string[];
}

const MAX_CHARACTERS = 100;
/** Fewer than in a list: the best matches are first. */
const DEFAULT_LIMIT = 100;

export const searchQuery = v.object({
  q: textUpTo(MAX_CHARACTERS),
  prefix,
  limit: limitUpTo(MAX_LIMIT, DEFAULT_LIMIT),
});

/**
 * Reads `q`, which is required, `prefix`, `limit` and `cursor`.
 *
 * @throws HttpError 400 that names the parameter
 */
export function parseSearchQuery(query: URLSearchParams): SearchQuery {
  const { q: text, ...page } = readQuery({ query }, searchQuery);
  const length = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1));
  const ranked = v.strictTuple([v.literal("search"), v.literal(text), v.picklist(ranks), length, cursorKey]);
  const common = v.strictTuple([v.literal("search"), v.literal(text), v.picklist([2, 3]), v.null(), cursorKey]);
  const cursor = v.union([ranked, common]);
  const position = readCursor(query, cursor, "q");
  return { ...page, text, after: position && { rank: position[2], length: position[3], key: position[4] } };
}
