import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { Alarms } from "../alarms.ts";
import { compositeAlarmResource } from "./composite-alarm.ts";
import { dashboardResource } from "./dashboard.ts";
import { metricAlarmResource } from "./metric-alarm.ts";

export function cloudWatchTerraform(alarms: Alarms): TerraformParts {
  return { resources: [compositeAlarmResource(alarms), dashboardResource, metricAlarmResource(alarms)] };
}
