import type { Call } from "../../../gateway/protocol.ts";
import type { LogsContext } from "./context.ts";
import { findLogGroup, type GroupInput } from "./find-authorized.ts";

export const putRetentionPolicy =
  ({ store }: LogsContext) =>
  (input: GroupInput & { readonly retentionInDays: number }, call: Call): void => {
    const { name } = findLogGroup(store, input, call, "logs:PutRetentionPolicy");
    store.setRetention(name, input.retentionInDays);
  };
