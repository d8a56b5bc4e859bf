import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { logGroupArn } from "../arns.ts";
import type { GroupInput } from "../authorized-log-group.ts";
import { alreadyExists } from "../errors.ts";
import type { LogsContext } from "./context.ts";

export const createLogGroup =
  ({ store }: LogsContext) =>
  ({ logGroupName = "" }: GroupInput, call: Call): void => {
    call.authorize("logs:CreateLogGroup", `${logGroupArn(logGroupName)}:*`);
    if (!/^[\w./#-]{1,512}$/.test(logGroupName)) {
      throw new AwsError("InvalidParameterException", `Value '${logGroupName}' at 'logGroupName' is not a valid name.`);
    }
    if (store.group(logGroupName)) throw alreadyExists("log group");
    store.ensureGroup(logGroupName);
  };
