import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { Clock } from "../../../runtime/clock.ts";
import type { Schedules } from "../schedules.ts";
import { scheduleResource } from "./schedule.ts";
import { scheduleGroupResource } from "./schedule-group.ts";

export function schedulerTerraform(schedules: Schedules, clock: Clock): TerraformParts {
  return { resources: [scheduleGroupResource(schedules, clock), scheduleResource(schedules)] };
}
