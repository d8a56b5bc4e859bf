import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogGroup, type GroupInput } from "../authorized-log-group.ts";
import type { LogsContext } from "./context.ts";

export const putRetentionPolicy =
  ({ store }: LogsContext) =>
  (input: GroupInput & { readonly retentionInDays: number }, call: Call): void => {
    const { name } = authorizedLogGroup(store, input, call, "logs:PutRetentionPolicy");
    store.setRetention(name, input.retentionInDays);
  };
