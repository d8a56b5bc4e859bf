import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogStream, type StreamInput } from "../authorized-log-stream.ts";
import type { LogsContext } from "./context.ts";

interface Input extends StreamInput {
  readonly logEvents: readonly { readonly timestamp: number; readonly message: string }[];
}

export const putLogEvents =
  ({ store }: LogsContext) =>
  (input: Input, call: Call): object => {
    const { group, name } = authorizedLogStream(store, input, call, "logs:PutLogEvents");
    store.append(group, name, input.logEvents);
    return { nextSequenceToken: "0" };
  };
