import type { Call, Operation } from "../../gateway/protocol.ts";
import { arn } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { AlarmState } from "./alarm.ts";
import type { Alarms, StateOfAlarm } from "./alarms.ts";
import { type Metrics, statistic } from "./metrics.ts";

interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

/** The actions of CloudWatch, by AWS's names. */
export function cloudWatchOperations(
  alarms: Alarms,
  metrics: Metrics,
  clock: Clock,
): Readonly<Record<string, Operation>> {
  return {
    DescribeAlarms(
      input: { AlarmNames?: readonly string[]; AlarmNamePrefix?: string; StateValue?: string },
      call: Call,
    ) {
      call.authorize("cloudwatch:DescribeAlarms", arn("cloudwatch", "alarm:*"));
      const { AlarmNames: names, AlarmNamePrefix: prefix = "", StateValue: wanted } = input;
      const found = alarms
        .all()
        .filter(({ alarm, state }) => (names?.includes(alarm.name) ?? true) && (wanted ?? state) === state)
        .filter(({ alarm }) => alarm.name.startsWith(prefix));
      return { MetricAlarms: found.map(describe), CompositeAlarms: [] };
    },
    SetAlarmState(input: { AlarmName: string; StateValue: AlarmState; StateReason: string }, call: Call) {
      call.authorize("cloudwatch:SetAlarmState", arn("cloudwatch", `alarm:${input.AlarmName}`));
      if (!alarms.all().some(({ alarm }) => alarm.name === input.AlarmName)) {
        throw new AwsError("ResourceNotFound", `Alarm ${input.AlarmName} does not exist`, 404);
      }
      alarms.set(input.AlarmName, input.StateValue, input.StateReason);
    },
    GetMetricStatistics(
      input: {
        Namespace: string;
        MetricName: string;
        Dimensions?: readonly Dimension[];
        StartTime: number;
        EndTime: number;
        Period: number;
        Statistics: readonly string[];
      },
      call: Call,
    ) {
      call.authorize("cloudwatch:GetMetricStatistics", "*");
      const dimensions = Object.fromEntries(input.Dimensions?.map(({ Name, Value }) => [Name, Value]) ?? []);
      const end = Math.min(input.EndTime * 1_000, clock.now());
      const Datapoints = [];
      for (let from = input.StartTime * 1_000; from < end; from += input.Period * 1_000) {
        const to = from + input.Period * 1_000;
        const values = metrics.values(input.Namespace, input.MetricName, dimensions, from - 1, to - 1);
        if (values.length === 0) continue;
        const statistics = input.Statistics.map((name) => [name, statistic(name, values)] as const);
        Datapoints.push({ Timestamp: from / 1_000, ...Object.fromEntries(statistics) });
      }
      return { Label: input.MetricName, Datapoints };
    },
  };
}

function describe({ alarm, state, since, reason }: StateOfAlarm) {
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
