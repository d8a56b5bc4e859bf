import type { Call } from "../../../gateway/protocol.ts";
import type { LogsContext } from "./context.ts";
import { findLogGroup, type GroupInput } from "./find-authorized.ts";

export const deleteRetentionPolicy =
  ({ store }: LogsContext) =>
  (input: GroupInput, call: Call): void => {
    const { name } = findLogGroup(store, input, call, "logs:DeleteRetentionPolicy");
    store.setRetention(name, undefined);
  };
