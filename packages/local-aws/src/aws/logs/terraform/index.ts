import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { LogsContext } from "../operations/context.ts";
import { logGroupDataSource, logGroupResource } from "./log-group.ts";
import { logStreamResource } from "./log-stream.ts";
import { logSubscriptionFilterResource } from "./log-subscription-filter.ts";

export function logsTerraform(context: LogsContext): TerraformParts {
  const { store } = context;
  return {
    resources: [logGroupResource(context), logStreamResource(store), logSubscriptionFilterResource(context)],
    dataSources: [logGroupDataSource(store)],
  };
}
