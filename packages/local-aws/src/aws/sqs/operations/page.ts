import { invalidParameter } from "../errors.ts";

/** One page of a list. The token is the index of the first item. */
export function page<Item>(items: readonly Item[], limit = 1000, token = "0"): { items: Item[]; next?: string } {
  const start = Number(token);
  if (!Number.isInteger(start)) throw invalidParameter("NextToken", token, "Use the NextToken of the previous page.");
  const end = start + limit;
  return { items: items.slice(start, end), ...(end < items.length && { next: String(end) }) };
}
