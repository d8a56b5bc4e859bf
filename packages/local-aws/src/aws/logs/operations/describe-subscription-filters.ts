import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogGroup, type GroupInput } from "../authorized-log-group.ts";
import { MAX_DESCRIBED, type PageInput, pageOptions } from "../page-input.ts";
import type { LogsContext } from "./context.ts";

interface Input extends GroupInput, PageInput {
  readonly filterNamePrefix?: string;
}

export const describeSubscriptionFilters =
  ({ store, filters }: LogsContext) =>
  (input: Input, call: Call): object => {
    const { name } = authorizedLogGroup(store, input, call, "logs:DescribeSubscriptionFilters");
    const found = filters.of(name).filter(({ filterName }) => filterName.startsWith(input.filterNamePrefix ?? ""));
    const { page, next } = paginate(found, pageOptions(input, MAX_DESCRIBED));
    return {
      subscriptionFilters: page.map((filter) => ({ ...filter, applyOnTransformedLogs: false })),
      nextToken: next,
    };
  };
