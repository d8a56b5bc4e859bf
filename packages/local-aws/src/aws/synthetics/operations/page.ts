export interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** One page of a list. The token is the number of items before the page. */
export function paginate<Item>(
  items: readonly Item[],
  { MaxResults, NextToken }: PageInput,
  maximum: number,
): { page: Item[]; NextToken: string | undefined } {
  const start = Number(NextToken ?? 0);
  const end = start + Math.min(MaxResults ?? maximum, maximum);
  return { page: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
}
