import * as v from "valibot";

/** What an alarm compares, and with what. */
export interface AlarmMetric {
  /** Of a metric math expression: its metrics' namespace, and its label. */
  readonly namespace: string;
  readonly name: string;
  /** Empty for an expression. */
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly comparison: string;
  readonly threshold: number;
  /** In seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  /** The most recent value that the reason of the change names. */
  readonly value: number | undefined;
}

/** Dimensions have lower-case members in the messages of alarms, and others in responses of CloudWatch. */
const dimensions = v.pipe(
  v.nullish(
    v.array(
      v.union([
        v.object({ name: v.string(), value: v.string() }),
        v.pipe(
          v.object({ Name: v.string(), Value: v.string() }),
          v.transform(({ Name, Value }) => ({ name: Name, value: Value })),
        ),
      ]),
    ),
    [],
  ),
  v.transform((list): Record<string, string> => Object.fromEntries(list.map(({ name, value }) => [name, value]))),
);

const condition = {
  EvaluationPeriods: v.number(),
  ComparisonOperator: v.string(),
  Threshold: v.number(),
};

const onMetric = v.object({
  ...condition,
  Namespace: v.string(),
  MetricName: v.string(),
  Statistic: v.nullish(v.string()),
  ExtendedStatistic: v.nullish(v.string()),
  Dimensions: dimensions,
  Period: v.number(),
});

const metricStat = v.object({
  Metric: v.object({ Namespace: v.string(), MetricName: v.string(), Dimensions: dimensions }),
  Period: v.number(),
  Stat: v.string(),
});

const onExpression = v.object({
  ...condition,
  Metrics: v.array(
    v.object({
      Id: v.string(),
      Label: v.nullish(v.string()),
      ReturnData: v.nullish(v.boolean()),
      MetricStat: v.nullish(metricStat),
    }),
  ),
});

/**
 * Reads the trigger in the message of an alarm, or its description by CloudWatch.
 *
 * @param reason of the state, which has the values.
 * @returns undefined for a composite alarm, and for anything else.
 */
export function parseAlarmMetric(trigger: unknown, reason: string): AlarmMetric | undefined {
  const single = v.safeParse(onMetric, trigger);
  if (single.success) return ofMetric(single.output, reason);
  const math = v.safeParse(onExpression, trigger);
  return math.success ? ofExpression(math.output, reason) : undefined;
}

function ofMetric(output: v.InferOutput<typeof onMetric>, reason: string): AlarmMetric {
  return {
    ...conditionOf(output, reason),
    namespace: output.Namespace,
    name: output.MetricName,
    statistic: output.ExtendedStatistic ?? output.Statistic ?? "",
    dimensions: output.Dimensions,
    period: output.Period,
  };
}

function ofExpression(output: v.InferOutput<typeof onExpression>, reason: string): AlarmMetric | undefined {
  const returned = output.Metrics.find(({ ReturnData }) => ReturnData);
  const stats = output.Metrics.flatMap(({ MetricStat }) => MetricStat ?? []);
  const [first] = stats;
  if (!returned || !first) return undefined;
  return {
    ...conditionOf(output, reason),
    namespace: first.Metric.Namespace,
    name: returned.Label ?? returned.Id,
    statistic: "",
    dimensions: first.Metric.Dimensions,
    period: Math.max(...stats.map(({ Period }) => Period)),
  };
}

type Condition = Pick<v.InferOutput<typeof onMetric>, keyof typeof condition>;

const conditionOf = ({ ComparisonOperator, Threshold, EvaluationPeriods }: Condition, reason: string) => ({
  comparison: ComparisonOperator,
  threshold: Threshold,
  evaluationPeriods: EvaluationPeriods,
  value: newestValue(reason),
});

/** The first data point in `Threshold Crossed: 1 out of the last 1 datapoints [3.0 (28/11/26 04:25:00)] was …`. */
function newestValue(reason: string): number | undefined {
  const [, value] = /\[(-?[\d.]+(?:E-?\d+)?) \(/.exec(reason) ?? [];
  return value === undefined ? undefined : Number(value);
}
