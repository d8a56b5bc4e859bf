export interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** The page that a request selects. */
export function pageOptions({ MaxResults, NextToken }: PageInput, maximum: number) {
  return { maximum, limit: MaxResults, token: NextToken };
}
