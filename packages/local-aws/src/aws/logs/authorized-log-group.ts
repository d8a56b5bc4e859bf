import type { Call } from "../../gateway/protocol.ts";
import { AwsError } from "../../runtime/error.ts";
import { logGroupArn } from "./arns.ts";
import { notFound } from "./errors.ts";
import type { LogGroup, LogStore } from "./log-store.ts";

export interface GroupInput {
  readonly logGroupName?: string;
  /** Newer clients may name the group by its ARN instead. */
  readonly logGroupIdentifier?: string;
}

/**
 * The log group of a request whose caller may perform the action on it.
 *
 * @throws AwsError `AccessDenied`, `InvalidParameterException` or `ResourceNotFoundException`.
 */
export function authorizedLogGroup(store: LogStore, input: GroupInput, call: Call, action: string): LogGroup {
  const name = input.logGroupName ?? input.logGroupIdentifier?.replace(/^arn:.*:log-group:/, "").replace(/:\*$/, "");
  if (!name) throw new AwsError("InvalidParameterException", "A log group name is required.");
  call.authorize(action, `${logGroupArn(name)}:*`);
  const group = store.group(name);
  if (!group) throw notFound("log group");
  return group;
}
