import type { Summary } from "./summary.ts";

/**
 * A statistic of values. Percentiles and percentile ranks are estimated from a sample when there are many values.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 *
 * @param name as in CloudWatch: `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, a percentile such as `p99`, or a
 * percentile rank such as `PR(:300)`.
 * @returns undefined when there are no values.
 */
export function statistic(name: string, values: Summary | undefined): number | undefined {
  if (!values) return undefined;
  const percentile = /^p(\d+(?:\.\d+)?)$/.exec(name)?.[1];
  if (percentile !== undefined) return valueAtRank(values, Number(percentile) / 100);
  const [, above, upTo] = /^PR\((\d*\.?\d*):(\d*\.?\d*)\)$/.exec(name) ?? [];
  if (above !== undefined && upTo !== undefined) {
    return percentileRank(values, above === "" ? Number.NEGATIVE_INFINITY : Number(above), Number(upTo || Infinity));
  }
  switch (name) {
    case "Sum":
      return values.sum;
    case "Average":
      return values.sum / values.count;
    case "Minimum":
      return values.minimum;
    case "Maximum":
      return values.maximum;
    case "SampleCount":
      return values.count;
    default:
      throw new TypeError(`The local AWS does not support the statistic ${name}.`);
  }
}

/** @param rank from 0 to 1. */
function valueAtRank({ samples, count, maximum }: Summary, rank: number): number {
  let passed = 0;
  for (const { value, weight } of samples.toSorted((one, other) => one.value - other.value)) {
    passed += weight;
    if (passed >= rank * count - 1e-9) return value;
  }
  return maximum;
}

/** The percentage of the values that are greater than `above` and not greater than `upTo`. */
function percentileRank({ samples, count }: Summary, above: number, upTo: number): number {
  const inside = samples.filter(({ value }) => value > above && value <= upTo);
  return (100 * inside.reduce((total, { weight }) => total + weight, 0)) / count;
}
