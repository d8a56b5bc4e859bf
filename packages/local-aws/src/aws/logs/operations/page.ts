/**
 * Maximum per response. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export const MAX_EVENTS = 10_000;
/**
 * Maximum per response. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
 */
export const MAX_DESCRIBED = 50;

export interface PageInput {
  readonly limit?: number;
  readonly nextToken?: string;
}

/** One page of a list. The token is the number of items before the page. */
export function paginate<Item>(
  items: readonly Item[],
  { limit, nextToken }: PageInput,
  maximum: number,
): { page: Item[]; nextToken: string | undefined } {
  const start = Number(nextToken ?? 0);
  const end = start + Math.min(limit ?? maximum, maximum);
  return { page: items.slice(start, end), nextToken: end < items.length ? String(end) : undefined };
}
