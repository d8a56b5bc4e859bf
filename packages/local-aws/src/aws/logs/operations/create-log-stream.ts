import type { Call } from "../../../gateway/protocol.ts";
import { alreadyExists } from "../errors.ts";
import type { LogsContext } from "./context.ts";
import { findLogGroup, type StreamInput } from "./find-authorized.ts";

export const createLogStream =
  ({ store }: LogsContext) =>
  (input: StreamInput, call: Call): void => {
    const group = findLogGroup(store, input, call, "logs:CreateLogStream");
    if (store.stream(group.name, input.logStreamName)) throw alreadyExists("log stream");
    store.ensureStream(group.name, input.logStreamName);
  };
