import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogGroup } from "../authorized-log-group.ts";
import type { StreamInput } from "../authorized-log-stream.ts";
import { alreadyExists } from "../errors.ts";
import type { LogsContext } from "./context.ts";

export const createLogStream =
  ({ store }: LogsContext) =>
  (input: StreamInput, call: Call): void => {
    const group = authorizedLogGroup(store, input, call, "logs:CreateLogStream");
    if (store.stream(group.name, input.logStreamName)) throw alreadyExists("log stream");
    store.ensureStream(group.name, input.logStreamName);
  };
