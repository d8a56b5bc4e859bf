import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { Clock } from "../../../runtime/clock.ts";
import type { Alarms } from "../alarms.ts";
import type { Dashboards } from "../dashboards.ts";
import { compositeAlarmResource } from "./composite-alarm.ts";
import { dashboardResource } from "./dashboard.ts";
import { metricAlarmResource } from "./metric-alarm.ts";

export function cloudWatchTerraform(alarms: Alarms, dashboards: Dashboards, clock: Clock): TerraformParts {
  return {
    resources: [compositeAlarmResource(alarms), dashboardResource(dashboards, clock), metricAlarmResource(alarms)],
  };
}
