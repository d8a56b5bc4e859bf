/** Maximum per response. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
const MAX_ITEMS = 100;

export interface PageInput {
  readonly NextToken?: string;
  readonly Limit?: number;
}

/** The page that a request selects. */
export function pageOptions({ NextToken, Limit }: PageInput) {
  return { maximum: MAX_ITEMS, limit: Limit, token: NextToken };
}
