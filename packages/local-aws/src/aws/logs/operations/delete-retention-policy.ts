import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogGroup, type GroupInput } from "../authorized-log-group.ts";
import type { LogsContext } from "./context.ts";

export const deleteRetentionPolicy =
  ({ store }: LogsContext) =>
  (input: GroupInput, call: Call): void => {
    const { name } = authorizedLogGroup(store, input, call, "logs:DeleteRetentionPolicy");
    store.setRetention(name, undefined);
  };
