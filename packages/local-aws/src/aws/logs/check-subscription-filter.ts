import { serviceOf } from "../../delivery/target-delivery.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError, unsupported } from "../../runtime/error.ts";
import { notFound } from "./errors.ts";
import { parseFilterPattern } from "./filter-pattern.ts";
import type { LogStore } from "./log-store.ts";
import type { SubscribedFunctions } from "./subscribed-functions.ts";
import type { SubscribedStreams } from "./subscribed-streams.ts";
import type { SubscriptionFilterDefinition, SubscriptionFilters } from "./subscription-filters.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MAX_FILTERS_PER_GROUP = 2;

interface Dependencies {
  readonly store: LogStore;
  readonly filters: SubscriptionFilters;
  readonly functions: SubscribedFunctions;
  readonly streams: SubscribedStreams;
  readonly clock: Clock;
}

/**
 * Checks a filter that is created or changed.
 *
 * @throws AwsError `ResourceNotFoundException`, `LimitExceededException` or `InvalidParameterException`.
 */
export function checkSubscriptionFilter(dependencies: Dependencies, definition: SubscriptionFilterDefinition): void {
  const { store, filters } = dependencies;
  const { logGroupName, filterName, filterPattern } = definition;
  if (!store.group(logGroupName)) throw notFound("log group");
  if (!/^[^:*]{1,512}$/.test(filterName)) throw invalid(`Value '${filterName}' at 'filterName' is not a valid name.`);
  parseFilterPattern(filterPattern);
  const others = filters.of(logGroupName).filter((other) => other.filterName !== filterName);
  if (others.length >= MAX_FILTERS_PER_GROUP) {
    throw new AwsError("LimitExceededException", "Resource limit exceeded.");
  }
  checkDestination(dependencies, definition);
}

function checkDestination(
  { functions, streams, clock }: Dependencies,
  { logGroupName, destinationArn, roleArn }: SubscriptionFilterDefinition,
): void {
  const vendor = serviceOf(destinationArn);
  if (vendor === "firehose") {
    if (roleArn === undefined) throw invalid("destinationArn for vendor firehose must be used with roleArn");
    if (streams.accepts(destinationArn, roleArn, clock.now())) return;
    throw invalid(
      "Could not deliver test message to specified Firehose stream. Check if the given Firehose stream is in ACTIVE state.",
    );
  }
  if (vendor !== "lambda") {
    throw unsupported(`the destination ${destinationArn}, only functions and delivery streams`, {
      code: "InvalidParameterException",
    });
  }
  if (roleArn !== undefined) throw invalid("destinationArn for vendor lambda cannot be used with roleArn");
  if (!functions.mayInvoke(destinationArn, logGroupName)) {
    throw invalid(
      "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
    );
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}
