import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogGroup, type GroupInput } from "../authorized-log-group.ts";
import type { LogsContext } from "./context.ts";

export const deleteLogGroup =
  ({ store, filters }: LogsContext) =>
  (input: GroupInput, call: Call): void => {
    const { name } = authorizedLogGroup(store, input, call, "logs:DeleteLogGroup");
    filters.deleteGroup(name);
    store.deleteGroup(name);
  };
