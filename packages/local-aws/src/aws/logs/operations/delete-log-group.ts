import type { Call } from "../../../gateway/protocol.ts";
import type { LogsContext } from "./context.ts";
import { findLogGroup, type GroupInput } from "./find-authorized.ts";

export const deleteLogGroup =
  ({ store }: LogsContext) =>
  (input: GroupInput, call: Call): void => {
    store.deleteGroup(findLogGroup(store, input, call, "logs:DeleteLogGroup").name);
  };
