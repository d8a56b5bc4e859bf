import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { alarmArn, isAlarmState } from "../alarm.ts";
import type { CloudWatchContext } from "./context.ts";

interface Input {
  readonly AlarmName: string;
  readonly StateValue: string;
  readonly StateReason: string;
  /** JSON. */
  readonly StateReasonData?: string;
}

/** In characters: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html */
const MAXIMUM_REASON = 1_023;

export const setAlarmState =
  ({ alarms }: Pick<CloudWatchContext, "alarms">) =>
  ({ AlarmName, StateValue, StateReason, StateReasonData }: Input, call: Call): void => {
    call.authorize("cloudwatch:SetAlarmState", alarmArn(AlarmName));
    if (!alarms.has(AlarmName)) throw new AwsError("ResourceNotFound", `Alarm ${AlarmName} does not exist`, 404);
    if (!isAlarmState(StateValue)) throw invalid(`${StateValue} is not one of OK, ALARM, INSUFFICIENT_DATA`);
    if (StateReason.length > MAXIMUM_REASON) throw invalid(`StateReason has more than ${MAXIMUM_REASON} characters`);
    if (StateReasonData !== undefined && !isJson(StateReasonData)) throw invalid("StateReasonData is not JSON");
    alarms.override(AlarmName, StateValue, StateReason);
  };

const invalid = (message: string): AwsError => new AwsError("ValidationError", message);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
