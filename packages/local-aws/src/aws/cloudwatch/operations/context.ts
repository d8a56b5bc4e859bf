import type { Clock } from "../../../runtime/clock.ts";
import type { Alarms } from "../alarms.ts";
import type { Dashboards } from "../dashboards.ts";
import type { Metrics } from "../metrics.ts";

/** The dependencies of the operations. */
export interface CloudWatchContext {
  readonly alarms: Alarms;
  readonly metrics: Metrics;
  readonly dashboards: Dashboards;
  readonly clock: Clock;
}
