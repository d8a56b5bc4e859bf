import { ACCOUNT_ID, REGION } from "../../runtime/account.ts";
import type { AlarmStatus } from "./alarm.ts";

/** What the actions of an alarm receive. */
export interface AlarmNotification {
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html */
  readonly event: Readonly<Record<string, unknown>>;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html */
  readonly message: Readonly<Record<string, unknown>>;
  readonly subject: string;
}

/** Alarm messages name the region as the console does. */
const REGION_NAME = "US East (N. Virginia)";
const MAX_SUBJECT_CHARACTERS = 100;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const EXTENDED_STATISTIC = /^(p|tm|tc|ts|wm|iqm|pr)\d*/i;

/** A change of state, for functions and for topics. */
export function alarmNotification(after: AlarmStatus, before: AlarmStatus): AlarmNotification {
  const { name } = after.alarm;
  const subject = `${after.state}: "${name}" in ${REGION_NAME}`;
  return {
    event: lambdaEvent(after, before),
    message: topicMessage(after, before),
    subject: subject.slice(0, MAX_SUBJECT_CHARACTERS),
  };
}

function lambdaEvent({ alarm, ...after }: AlarmStatus, before: AlarmStatus) {
  const state = ({ state: value, reason, since }: Omit<AlarmStatus, "alarm">) => ({
    value,
    reason,
    timestamp: timestamp(since),
  });
  const { namespace, metric: name, dimensions, period, statistic: stat } = alarm;
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
        metrics: [
          { id: "m1", metricStat: { metric: { namespace, name, dimensions }, period, stat }, returnData: true },
        ],
      },
    },
  };
}

function topicMessage({ alarm, state, since, reason }: AlarmStatus, before: AlarmStatus) {
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description,
    AWSAccountId: ACCOUNT_ID,
    NewStateValue: state,
    NewStateReason: reason,
    StateChangeTime: timestamp(since),
    Region: REGION_NAME,
    AlarmArn: alarm.arn,
    OldStateValue: before.state,
    OKActions: alarm.actions.OK,
    AlarmActions: alarm.actions.ALARM,
    InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
    Trigger: {
      MetricName: alarm.metric,
      Namespace: alarm.namespace,
      ...(EXTENDED_STATISTIC.test(alarm.statistic)
        ? { StatisticType: "ExtendedStatistic", ExtendedStatistic: alarm.statistic }
        : { StatisticType: "Statistic", Statistic: alarm.statistic.toUpperCase() }),
      Unit: null,
      Dimensions: Object.entries(alarm.dimensions).map(([name, value]) => ({ value, name })),
      Period: alarm.period,
      EvaluationPeriods: alarm.evaluationPeriods,
      DatapointsToAlarm: alarm.datapointsToAlarm,
      ComparisonOperator: alarm.comparison,
      Threshold: alarm.threshold,
      TreatMissingData: alarm.treatMissingData,
      EvaluateLowSampleCountPercentile: "",
    },
  };
}

const timestamp = (milliseconds: number): string => new Date(milliseconds).toISOString().replace("Z", "+0000");
