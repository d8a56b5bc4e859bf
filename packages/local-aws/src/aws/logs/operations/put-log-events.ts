import type { Call } from "../../../gateway/protocol.ts";
import type { LogsContext } from "./context.ts";
import { findLogStream, type StreamInput } from "./find-authorized.ts";

interface Input extends StreamInput {
  readonly logEvents: readonly { readonly timestamp: number; readonly message: string }[];
}

export const putLogEvents =
  ({ store }: LogsContext) =>
  (input: Input, call: Call): object => {
    const { group, name } = findLogStream(store, input, call, "logs:PutLogEvents");
    store.append(group, name, input.logEvents);
    return { nextSequenceToken: "0" };
  };
