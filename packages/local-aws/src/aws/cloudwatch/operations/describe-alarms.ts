import type { Call } from "../../../gateway/protocol.ts";
import type { AlarmStatus } from "../alarm.ts";
import { alarmArn } from "../alarm.ts";
import type { CloudWatchContext } from "./context.ts";

interface Input {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly StateValue?: string;
}

export const describeAlarms =
  ({ alarms }: Pick<CloudWatchContext, "alarms">) =>
  (input: Input, call: Call): object => {
    call.authorize("cloudwatch:DescribeAlarms", alarmArn("*"));
    const { AlarmNames: names, AlarmNamePrefix: prefix = "", StateValue: stateValue } = input;
    const selected = alarms
      .all()
      .filter(({ alarm, state }) => (names?.includes(alarm.name) ?? true) && (stateValue ?? state) === state)
      .filter(({ alarm }) => alarm.name.startsWith(prefix));
    return { MetricAlarms: selected.map(describe), CompositeAlarms: [] };
  };

function describe({ alarm, state, since, reason }: AlarmStatus): object {
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.description,
    ActionsEnabled: alarm.actionsEnabled,
    AlarmActions: alarm.actions.ALARM,
    OKActions: alarm.actions.OK,
    InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: since / 1_000,
    Namespace: alarm.namespace,
    MetricName: alarm.metric,
    Dimensions: Object.entries(alarm.dimensions).map(([Name, Value]) => ({ Name, Value })),
    ...(alarm.statistic.startsWith("p") ? { ExtendedStatistic: alarm.statistic } : { Statistic: alarm.statistic }),
    Period: alarm.period,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    TreatMissingData: alarm.treatMissingData,
  };
}
