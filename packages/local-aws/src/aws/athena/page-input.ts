/** Maximum per response. https://docs.aws.amazon.com/athena/latest/APIReference/API_ListQueryExecutions.html */
const MAX_ITEMS = 50;

export interface PageInput {
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

/** The page that a request selects. */
export function pageOptions({ NextToken, MaxResults }: PageInput) {
  return { maximum: MAX_ITEMS, limit: MaxResults, token: NextToken };
}
