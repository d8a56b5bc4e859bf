import type { Operation } from "../../../gateway/protocol.ts";
import type { CloudWatchContext } from "./context.ts";
import { describeAlarms } from "./describe-alarms.ts";
import { getMetricStatistics } from "./get-metric-statistics.ts";
import { setAlarmState } from "./set-alarm-state.ts";

export function cloudWatchOperations(context: CloudWatchContext): Readonly<Record<string, Operation>> {
  return {
    DescribeAlarms: describeAlarms(context),
    GetMetricStatistics: getMetricStatistics(context),
    SetAlarmState: setAlarmState(context),
  };
}
