import type { MetricAlarm } from "./metric-alarm.ts";

/** The value of a period of an alarm. */
export interface Point {
  /** Undefined when there is no data. */
  readonly value: number | undefined;
  /** Milliseconds since the epoch. */
  readonly start: number;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: "greater than",
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
};

/** Why an alarm has no data, in the words of CloudWatch. */
export const describeMissing = (points: number): string =>
  `Insufficient Data: ${count(points, "datapoint was", "datapoints were")} unknown.`;

/**
 * Why an alarm has its state, in the words of CloudWatch.
 *
 * @param points the newest first
 * @param breaching how many of them are beyond the threshold
 */
export function describePoints(
  { comparison, threshold, evaluationPeriods, treatMissingData }: MetricAlarm,
  points: readonly Point[],
  breaching: number,
): string {
  const known = points.flatMap(({ value, start }) =>
    value === undefined ? [] : [`${decimal(value)} (${time(start)})`],
  );
  if (known.length === 0) {
    const missing = `no datapoints were received for ${count(points.length, "period", "periods")}`;
    const treated = treatMissingData === "breaching" ? "Breaching" : "NonBreaching";
    return `Threshold Crossed: ${missing} and ${count(points.length, "missing datapoint was", "missing datapoints were")} treated as [${treated}].`;
  }
  const crossed = breaching > 0 ? breaching : known.length;
  const were = `${crossed === 1 ? "was" : "were"}${breaching > 0 ? "" : " not"} ${COMPARISONS[comparison] ?? comparison}`;
  const datapoints = `${crossed} out of the last ${evaluationPeriods} datapoints [${known.join(", ")}]`;
  return `Threshold Crossed: ${datapoints} ${were} the threshold (${decimal(threshold)}).`;
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** `28/11/26 04:25:00` */
function time(milliseconds: number): string {
  const [year = "", month, day] = new Date(milliseconds).toISOString().slice(0, 10).split("-");
  return `${day}/${month}/${year.slice(2)} ${new Date(milliseconds).toISOString().slice(11, 19)}`;
}
