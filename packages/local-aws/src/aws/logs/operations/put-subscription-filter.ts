import type { Call } from "../../../gateway/protocol.ts";
import { unsupported } from "../../../runtime/error.ts";
import { authorizedLogGroup, type GroupInput } from "../authorized-log-group.ts";
import { checkSubscriptionFilter } from "../check-subscription-filter.ts";
import type { SubscriptionFilterDefinition } from "../subscription-filters.ts";
import type { LogsContext } from "./context.ts";

interface Input extends GroupInput {
  readonly filterName: string;
  readonly filterPattern?: string;
  readonly destinationArn: string;
  readonly roleArn?: string;
  readonly distribution?: SubscriptionFilterDefinition["distribution"];
  readonly applyOnTransformedLogs?: boolean;
}

export const putSubscriptionFilter =
  (context: LogsContext) =>
  (input: Input, call: Call): void => {
    const { filterName, filterPattern = "", destinationArn, roleArn, distribution = "ByLogStream" } = input;
    const group = authorizedLogGroup(context.store, input, call, "logs:PutSubscriptionFilter");
    if (input.applyOnTransformedLogs) throw unsupported("log transformers", { code: "InvalidParameterException" });
    const definition = { logGroupName: group.name, filterName, filterPattern, destinationArn, roleArn, distribution };
    checkSubscriptionFilter(context, definition);
    context.filters.put(definition);
  };
