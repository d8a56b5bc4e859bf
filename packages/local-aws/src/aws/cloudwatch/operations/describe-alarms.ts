import type { Call } from "../../../gateway/protocol.ts";
import { type AlarmStatus, alarmArn } from "../alarm.ts";
import type { CompositeAlarm } from "../composite-alarm.ts";
import { describeDimensions } from "../dimension-description.ts";
import type { MetricAlarm } from "../metric-alarm.ts";
import type { MetricQuery, MetricStatistic } from "../metric-query.ts";
import type { CloudWatchContext } from "./context.ts";

interface Input {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  /** Default: metric alarms only. */
  readonly AlarmTypes?: readonly ("MetricAlarm" | "CompositeAlarm")[];
  readonly StateValue?: string;
}

export const describeAlarms =
  ({ alarms }: Pick<CloudWatchContext, "alarms">) =>
  (input: Input, call: Call): object => {
    call.authorize("cloudwatch:DescribeAlarms", alarmArn("*"));
    const { AlarmNames: names, AlarmNamePrefix: prefix = "", StateValue: stateValue } = input;
    const { AlarmTypes: types = ["MetricAlarm"] } = input;
    const isSelected = ({ alarm, state }: AlarmStatus) =>
      (names?.includes(alarm.name) ?? true) && (stateValue ?? state) === state && alarm.name.startsWith(prefix);
    const select = <Status extends AlarmStatus>(type: (typeof types)[number], statuses: readonly Status[]) =>
      types.includes(type) ? statuses.filter(isSelected) : [];
    return {
      MetricAlarms: select("MetricAlarm", alarms.metricAlarms()).map(describeMetricAlarm),
      CompositeAlarms: select("CompositeAlarm", alarms.compositeAlarms()).map(describeCompositeAlarm),
    };
  };

const describe = ({ alarm, state, since, reason }: AlarmStatus): object => ({
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
});

const describeCompositeAlarm = (status: AlarmStatus<CompositeAlarm>): object => ({
  ...describe(status),
  AlarmRule: status.alarm.rule,
  ...(status.alarm.suppressor && {
    ActionsSuppressor: status.alarm.suppressor.name,
    ActionsSuppressorWaitPeriod: status.alarm.suppressor.waitPeriod,
    ActionsSuppressorExtensionPeriod: status.alarm.suppressor.extensionPeriod,
  }),
});

function describeMetricAlarm(status: AlarmStatus<MetricAlarm>): object {
  const { alarm } = status;
  return {
    ...describe(status),
    ...("metric" in alarm.source
      ? { ...describeStatistic(alarm.source), Period: alarm.period }
      : { Metrics: alarm.source.map(describeQuery) }),
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    TreatMissingData: alarm.treatMissingData,
  };
}

const describeStatistic = ({ namespace, metric, dimensions, statistic }: MetricStatistic): object => ({
  Namespace: namespace,
  MetricName: metric,
  Dimensions: describeDimensions(dimensions),
  ...(/^[pP]/.test(statistic) ? { ExtendedStatistic: statistic } : { Statistic: statistic }),
});

function describeQuery({ id, label, returnData, period, source }: MetricQuery): object {
  if (typeof source === "string") return { Id: id, Label: label, ReturnData: returnData, Expression: source };
  const { namespace, metric, dimensions, statistic } = source;
  const described = { Namespace: namespace, MetricName: metric, Dimensions: describeDimensions(dimensions) };
  return { Id: id, ReturnData: returnData, MetricStat: { Metric: described, Period: period, Stat: statistic } };
}
