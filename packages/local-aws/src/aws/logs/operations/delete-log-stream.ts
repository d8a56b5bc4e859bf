import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogStream, type StreamInput } from "../authorized-log-stream.ts";
import type { LogsContext } from "./context.ts";

export const deleteLogStream =
  ({ store }: LogsContext) =>
  (input: StreamInput, call: Call): void => {
    const { group, name } = authorizedLogStream(store, input, call, "logs:DeleteLogStream");
    store.deleteStream(group, name);
  };
