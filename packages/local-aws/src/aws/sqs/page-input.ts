import { invalidParameter } from "./errors.ts";

export interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/**
 * The page that a request selects.
 *
 * @throws AwsError when the token is not that of a page.
 */
export function pageOptions({ MaxResults = 1000, NextToken = "0" }: PageInput) {
  if (!Number.isInteger(Number(NextToken))) {
    throw invalidParameter("NextToken", NextToken, "Use the NextToken of the previous page.");
  }
  return { maximum: MaxResults, token: NextToken };
}
