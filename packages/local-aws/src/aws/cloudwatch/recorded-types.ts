import type { ResourceHandler } from "../../provider/resource.ts";
import { cloudwatchCompositeAlarm } from "./terraform/composite-alarm.ts";
import { cloudwatchDashboard } from "./terraform/dashboard.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const cloudwatchRecordedTypes: readonly ResourceHandler[] = [cloudwatchCompositeAlarm, cloudwatchDashboard];
