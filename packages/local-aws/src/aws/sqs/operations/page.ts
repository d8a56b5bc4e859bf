import { invalidParameter } from "../errors.ts";

/** The part of a list that starts after the token, which is the number of items before it. */
export function page<Item>(items: readonly Item[], limit = 1000, token = "0"): { items: Item[]; next?: string } {
  const start = Number(token);
  if (!Number.isInteger(start)) throw invalidParameter("NextToken", token, "It is not a token of this list.");
  const end = start + limit;
  return { items: items.slice(start, end), ...(end < items.length && { next: String(end) }) };
}
