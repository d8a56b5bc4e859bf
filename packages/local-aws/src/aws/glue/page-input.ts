/** Maximum per response. https://docs.aws.amazon.com/glue/latest/webapi/API_GetTables.html */
const MAX_ITEMS = 100;

export interface PageInput {
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

/** The page that a request selects. */
export function pageOptions({ NextToken, MaxResults }: PageInput) {
  return { maximum: MAX_ITEMS, limit: MaxResults, token: NextToken };
}
