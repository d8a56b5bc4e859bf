import type { Operation } from "../../../gateway/protocol.ts";
import type { CloudWatchContext } from "./context.ts";
import { describeAlarms } from "./describe-alarms.ts";
import { getDashboard } from "./get-dashboard.ts";
import { getMetricData } from "./get-metric-data.ts";
import { getMetricStatistics } from "./get-metric-statistics.ts";
import { listDashboards } from "./list-dashboards.ts";
import { listMetrics } from "./list-metrics.ts";
import { setAlarmState } from "./set-alarm-state.ts";

export function cloudWatchOperations(context: CloudWatchContext): Readonly<Record<string, Operation>> {
  return {
    DescribeAlarms: describeAlarms(context),
    GetDashboard: getDashboard(context),
    GetMetricData: getMetricData(context),
    GetMetricStatistics: getMetricStatistics(context),
    ListDashboards: listDashboards(context),
    ListMetrics: listMetrics(context),
    SetAlarmState: setAlarmState(context),
  };
}
