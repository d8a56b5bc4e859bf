import { AwsError, unsupported } from "../../runtime/error.ts";
import { notFound } from "./errors.ts";
import { parseFilterPattern } from "./filter-pattern.ts";
import type { LogStore } from "./log-store.ts";
import type { SubscribedFunctions } from "./subscribed-functions.ts";
import type { SubscriptionFilterDefinition, SubscriptionFilters } from "./subscription-filters.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MAX_FILTERS_PER_GROUP = 2;

interface Dependencies {
  readonly store: LogStore;
  readonly filters: SubscriptionFilters;
  readonly functions: SubscribedFunctions;
}

/**
 * Checks a filter that is created or changed.
 *
 * @param roleArn the role for destinations other than functions.
 * @throws AwsError `ResourceNotFoundException`, `LimitExceededException` or `InvalidParameterException`.
 */
export function checkSubscriptionFilter(
  { store, filters, functions }: Dependencies,
  definition: SubscriptionFilterDefinition,
  roleArn: string | undefined,
): void {
  const { logGroupName, filterName, filterPattern, destinationArn } = definition;
  if (!store.group(logGroupName)) throw notFound("log group");
  if (!/^[^:*]{1,512}$/.test(filterName)) throw invalid(`Value '${filterName}' at 'filterName' is not a valid name.`);
  parseFilterPattern(filterPattern);
  if (!/^arn:[^:]+:lambda:/.test(destinationArn)) {
    throw unsupported(`the destination ${destinationArn}, only functions`, { code: "InvalidParameterException" });
  }
  if (roleArn !== undefined) throw invalid("destinationArn for vendor lambda cannot be used with roleArn");
  const others = filters.of(logGroupName).filter((other) => other.filterName !== filterName);
  if (others.length >= MAX_FILTERS_PER_GROUP) {
    throw new AwsError("LimitExceededException", "Resource limit exceeded.");
  }
  if (!functions.mayInvoke(destinationArn, logGroupName)) {
    throw invalid(
      "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
    );
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}
