import type { Call } from "../../../gateway/protocol.ts";
import type { LogsContext } from "./context.ts";
import { findLogStream, type StreamInput } from "./find-authorized.ts";

export const deleteLogStream =
  ({ store }: LogsContext) =>
  (input: StreamInput, call: Call): void => {
    const { group, name } = findLogStream(store, input, call, "logs:DeleteLogStream");
    store.deleteStream(group, name);
  };
