import { ACCOUNT_ID } from "../../runtime/account.ts";
import type { AlarmStatus } from "./alarm.ts";
import { alarmsInRule } from "./alarm-rule.ts";
import { alarmTimestamp } from "./alarm-timestamp.ts";
import type { CompositeAlarm } from "./composite-alarm.ts";
import type { MetricAlarm } from "./metric-alarm.ts";
import type { MetricQuery, MetricStatistic } from "./metric-query.ts";
import type { Dimensions } from "./metric-sink.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const EXTENDED_STATISTIC = /^(p|tm|tc|ts|wm|iqm|pr)\d*/i;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html */
export function alarmMessage(
  { alarm, state, since, reason }: AlarmStatus<MetricAlarm> | AlarmStatus<CompositeAlarm>,
  before: AlarmStatus,
  statusOf: (name: string) => AlarmStatus | undefined,
) {
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description,
    AWSAccountId: ACCOUNT_ID,
    NewStateValue: state,
    NewStateReason: reason,
    StateChangeTime: alarmTimestamp(since),
    AlarmArn: alarm.arn,
    OldStateValue: before.state,
    OKActions: alarm.actions.OK,
    AlarmActions: alarm.actions.ALARM,
    InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
    ...("rule" in alarm
      ? { AlarmRule: alarm.rule, TriggeringChildren: triggeringChildren(alarm, statusOf) }
      : { Trigger: trigger(alarm) }),
  };
}

function triggeringChildren({ rule }: CompositeAlarm, statusOf: (name: string) => AlarmStatus | undefined): object[] {
  const children = alarmsInRule(rule).flatMap((name) => statusOf(name) ?? []);
  return children
    .filter(({ state }) => state === "ALARM")
    .map(({ alarm, state, since }) => ({ Arn: alarm.arn, State: { Value: state, Timestamp: alarmTimestamp(since) } }));
}

function trigger(alarm: MetricAlarm) {
  const { source, period } = alarm;
  return {
    ...("metric" in source ? singleMetric(source) : { Metrics: source.map((query) => messageMetric(query, period)) }),
    Period: period,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    ComparisonOperator: alarm.comparison,
    Threshold: alarm.threshold,
    TreatMissingData: alarm.treatMissingData,
    EvaluateLowSampleCountPercentile: "",
  };
}

function singleMetric({ metric, namespace, statistic, dimensions }: MetricStatistic) {
  return {
    MetricName: metric,
    Namespace: namespace,
    ...(EXTENDED_STATISTIC.test(statistic)
      ? { StatisticType: "ExtendedStatistic", ExtendedStatistic: statistic }
      : { StatisticType: "Statistic", Statistic: statistic.toUpperCase() }),
    Unit: null,
    Dimensions: messageDimensions(dimensions),
  };
}

function messageMetric({ id, label, source, returnData }: MetricQuery, period: number) {
  if (typeof source === "string") return { Id: id, Expression: source, Label: label, ReturnData: returnData };
  const { namespace, metric, dimensions, statistic } = source;
  const metricOf = { Dimensions: messageDimensions(dimensions), MetricName: metric, Namespace: namespace };
  return { Id: id, MetricStat: { Metric: metricOf, Period: period, Stat: statistic }, ReturnData: returnData };
}

const messageDimensions = (dimensions: Dimensions) =>
  Object.entries(dimensions).map(([name, value]) => ({ value, name }));
