/** Maximum per response. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
const MAX_ITEMS = 100;

export interface PageInput {
  readonly NextToken?: string;
  readonly Limit?: number;
}

/** One page of a list. The token is the number of items before the page. */
export function paginate<Item>(
  items: readonly Item[],
  { NextToken, Limit = MAX_ITEMS }: PageInput,
): { page: Item[]; NextToken: string | undefined } {
  const start = Number(NextToken ?? 0);
  const end = start + Math.min(Limit, MAX_ITEMS);
  return { page: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
}
