import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogGroup, type GroupInput } from "../authorized-log-group.ts";
import { notFound } from "../errors.ts";
import type { LogsContext } from "./context.ts";

export const deleteSubscriptionFilter =
  ({ store, filters }: LogsContext) =>
  (input: GroupInput & { readonly filterName: string }, call: Call): void => {
    const { name } = authorizedLogGroup(store, input, call, "logs:DeleteSubscriptionFilter");
    if (!filters.delete(name, input.filterName)) throw notFound("subscription filter");
  };
