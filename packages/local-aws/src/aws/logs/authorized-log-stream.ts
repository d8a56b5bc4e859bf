import type { Call } from "../../gateway/protocol.ts";
import { authorizedLogGroup, type GroupInput } from "./authorized-log-group.ts";
import { notFound } from "./errors.ts";
import type { LogStore, LogStream } from "./log-store.ts";

export interface StreamInput extends GroupInput {
  readonly logStreamName: string;
}

/**
 * The log stream of a request whose caller may perform the action on its group.
 *
 * @throws AwsError `AccessDenied`, `InvalidParameterException` or `ResourceNotFoundException`.
 */
export function authorizedLogStream(store: LogStore, input: StreamInput, call: Call, action: string): LogStream {
  const group = authorizedLogGroup(store, input, call, action);
  const stream = store.stream(group.name, input.logStreamName);
  if (!stream) throw notFound("log stream");
  return stream;
}
