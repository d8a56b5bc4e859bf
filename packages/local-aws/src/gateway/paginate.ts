interface PageOptions {
  /** Items per response, also when the client requests more. */
  readonly maximum: number;
  readonly limit?: number | undefined;
  /** The number of items before the page. Default: 0. */
  readonly token?: string | undefined;
}

/** One page of a list, and the token of the next page, if any. */
export function paginate<Item>(
  items: readonly Item[],
  { maximum, limit = maximum, token = "0" }: PageOptions,
): { page: Item[]; next: string | undefined } {
  const start = Number(token);
  const end = start + Math.min(limit, maximum);
  return { page: items.slice(start, end), next: end < items.length ? String(end) : undefined };
}
