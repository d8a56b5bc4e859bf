import { compareKeys } from "./names.ts";
import type { SortedKeys } from "./sorted-keys.ts";

/** The parameters of one page of a listing. */
export interface ListingQuery {
  readonly prefix: string;
  readonly delimiter: string;
  /** A key or common prefix of an earlier page, or any string: the page starts after it. Empty for the first page. */
  readonly after: string;
  readonly maximum: number;
}

export interface Listing<Item> {
  readonly items: readonly Item[];
  readonly commonPrefixes: readonly string[];
  /** If there are more pages: the last key or common prefix of this page, and the item unless it is a prefix. */
  readonly next: { readonly name: string; readonly item?: Item } | undefined;
}

/**
 * One page of a listing in key order. Keys with the delimiter after the prefix are rolled up into one common prefix,
 * which counts as one item.
 *
 * @param itemsOf the items of a key: its current version, all of its versions, or none when the key is hidden.
 * @param resumed the remaining items of the key `after`, when the previous page ended within the items of that key.
 */
export function listPage<Item>(
  keys: SortedKeys,
  query: ListingQuery,
  itemsOf: (key: string) => readonly Item[],
  resumed: readonly Item[] = [],
): Listing<Item> {
  const items: Item[] = [];
  const commonPrefixes: string[] = [];
  let next: Listing<Item>["next"];
  if (query.maximum === 0) return { items, commonPrefixes, next };
  for (const entry of entries(keys, query, itemsOf, resumed)) {
    if (items.length + commonPrefixes.length === query.maximum) return { items, commonPrefixes, next };
    if (entry.item === undefined) commonPrefixes.push(entry.name);
    else items.push(entry.item);
    next = entry;
  }
  return { items, commonPrefixes, next: undefined };
}

function* entries<Item>(
  keys: SortedKeys,
  query: ListingQuery,
  itemsOf: (key: string) => readonly Item[],
  resumed: readonly Item[],
): Generator<{ readonly name: string; readonly item?: Item }> {
  const { prefix, delimiter, after } = query;
  for (const item of resumed) yield { name: after, item };
  let index = firstIndex(keys, query);
  for (let key = keys.at(index); key?.startsWith(prefix); key = keys.at(index)) {
    const rollUp = commonPrefix(key, prefix, delimiter);
    // On an earlier page, or before the start of this one.
    const isPast = rollUp !== undefined && after !== "" && compareKeys(rollUp, after) <= 0;
    const items = isPast ? [] : itemsOf(key);
    if (rollUp === undefined) for (const item of items) yield { name: key, item };
    else if (items.length > 0) yield { name: rollUp };
    index = rollUp !== undefined && (isPast || items.length > 0) ? keys.indexAfterPrefix(rollUp) : index + 1;
  }
}

function firstIndex(keys: SortedKeys, { prefix, after }: ListingQuery): number {
  if (after === "" || compareKeys(after, prefix) < 0) return keys.indexFrom(prefix);
  const index = keys.indexFrom(after);
  return keys.at(index) === after ? index + 1 : index;
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}
