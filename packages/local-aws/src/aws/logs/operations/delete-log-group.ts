import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogGroup, type GroupInput } from "../authorized-log-group.ts";
import type { LogsContext } from "./context.ts";

export const deleteLogGroup =
  ({ store }: LogsContext) =>
  (input: GroupInput, call: Call): void => {
    store.deleteGroup(authorizedLogGroup(store, input, call, "logs:DeleteLogGroup").name);
  };
