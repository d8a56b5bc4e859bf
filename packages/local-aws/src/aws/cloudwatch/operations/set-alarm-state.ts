import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { type AlarmState, alarmArn } from "../alarm.ts";
import type { CloudWatchContext } from "./context.ts";

interface Input {
  readonly AlarmName: string;
  readonly StateValue: AlarmState;
  readonly StateReason: string;
}

export const setAlarmState =
  ({ alarms }: Pick<CloudWatchContext, "alarms">) =>
  ({ AlarmName, StateValue, StateReason }: Input, call: Call): void => {
    call.authorize("cloudwatch:SetAlarmState", alarmArn(AlarmName));
    if (!alarms.has(AlarmName)) throw new AwsError("ResourceNotFound", `Alarm ${AlarmName} does not exist`, 404);
    alarms.override(AlarmName, StateValue, StateReason);
  };
