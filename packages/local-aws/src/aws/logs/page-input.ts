/** Maximum per response. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const MAX_EVENTS = 10_000;
/** Maximum per response. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export const MAX_DESCRIBED = 50;

export interface PageInput {
  readonly limit?: number;
  readonly nextToken?: string;
}

/** The page that a request selects. */
export function pageOptions({ limit, nextToken }: PageInput, maximum: number) {
  return { maximum, limit, token: nextToken };
}
