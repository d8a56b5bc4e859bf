import { ACCOUNT_ID, REGION } from "../../runtime/account.ts";
import type { AlarmStatus } from "./alarm.ts";
import { alarmTimestamp } from "./alarm-timestamp.ts";
import type { CompositeAlarm } from "./composite-alarm.ts";
import type { MetricAlarm } from "./metric-alarm.ts";
import type { MetricStatistic } from "./metric-query.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html */
export function alarmEvent(
  { alarm, ...after }: AlarmStatus<MetricAlarm> | AlarmStatus<CompositeAlarm>,
  before: AlarmStatus,
) {
  const state = ({ state: value, reason, since }: Omit<AlarmStatus, "alarm">) => ({
    value,
    reason,
    timestamp: alarmTimestamp(since),
  });
  return {
    source: "aws.cloudwatch",
    alarmArn: alarm.arn,
    accountId: ACCOUNT_ID,
    time: new Date(after.since).toISOString(),
    region: REGION,
    alarmData: {
      alarmName: alarm.name,
      state: state(after),
      previousState: state(before),
      configuration: {
        description: alarm.description,
        ...("rule" in alarm ? { alarmRule: alarm.rule } : { metrics: eventMetrics(alarm) }),
      },
    },
  };
}

function eventMetrics({ source, period }: MetricAlarm): object[] {
  const metricStat = ({ namespace, metric: name, dimensions, statistic: stat }: MetricStatistic) => ({
    metric: { namespace, name, dimensions },
    period,
    stat,
  });
  if ("metric" in source) return [{ id: "m1", metricStat: metricStat(source), returnData: true }];
  return source.map(({ id, label, source: query, returnData }) => ({
    id,
    ...(typeof query === "string" ? { expression: query, label } : { metricStat: metricStat(query) }),
    returnData,
  }));
}
