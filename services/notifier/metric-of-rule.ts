import type { CloudWatch } from "../../lib/aws/cloudwatch.ts";
import { describeError, type Log } from "../../lib/log/log.ts";
import type { AlarmChange } from "./alarm-change.ts";
import { parseAlarmMetric } from "./alarm-metric.ts";

/**
 * Completes the change of a composite alarm with the metric of the alarm in its rule that has changed last, because its
 * message has neither a value nor a threshold. The change is delivered without them when CloudWatch does not respond.
 */
export async function withMetricOfRule(change: AlarmChange, cloudWatch: CloudWatch, log: Log): Promise<AlarmChange> {
  if (change.children.length === 0) return change;
  try {
    const AlarmNames = [...change.children];
    const { MetricAlarms = [] } = await cloudWatch.call("DescribeAlarms", { AlarmNames, AlarmTypes: ["MetricAlarm"] });
    const latest = MetricAlarms.toSorted((one, other) => changedAt(other) - changedAt(one))[0];
    return { ...change, metric: parseAlarmMetric(latest, latest?.StateReason ?? "") };
  } catch (error) {
    log.warn("The metric of a composite alarm is not known", { alarm: change.name, error: describeError(error) });
    return change;
  }
}

/** In its JSON protocol, CloudWatch writes times as seconds since the epoch. */
const changedAt = ({ StateUpdatedTimestamp }: { readonly StateUpdatedTimestamp?: unknown }): number =>
  Number(StateUpdatedTimestamp ?? 0);
