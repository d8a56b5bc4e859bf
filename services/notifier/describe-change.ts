import type { AlarmChange } from "./alarm-change.ts";
import type { AlarmMetric } from "./alarm-metric.ts";

const OPERATORS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: ">",
  GreaterThanOrEqualToThreshold: "≥",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "≤",
};

/** The page of the alarm in the console, with the graph of its metric. */
export function graphUrl({ name, region }: Pick<AlarmChange, "name" | "region">): string {
  const host = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;
  return `${host}#alarmsV2:alarm/${encodeURIComponent(name.toWellFormed())}`;
}

/** The list of the alarms in the console that are in the state `ALARM`. */
export function alarmsUrl(region: string): string {
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:?~(alarmStateFilter~'ALARM)`;
}

/** `> 5 in 5 min`, or with several periods `> 80 in 3 × 5 min`. */
export function describeThreshold({ comparison, threshold, period, evaluationPeriods }: AlarmMetric): string {
  const operator = OPERATORS[comparison] ?? comparison;
  const times = evaluationPeriods > 1 ? `${evaluationPeriods} × ` : "";
  return `${operator} ${threshold} in ${times}${period % 60 === 0 ? `${period / 60} min` : `${period} s`}`;
}

/** `AWS/Lambda Errors (Sum)` */
export function describeMetric({ namespace, name, statistic }: AlarmMetric): string {
  return `${namespace} ${name}${statistic === "" ? "" : ` (${statistic})`}`;
}

/** `FunctionName nv-demo-api` */
export function describeDimensions({ dimensions }: AlarmMetric): string {
  return Object.entries(dimensions)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

/** Whether the runbook is a link, and not a path in the repository. */
export const isLink = (runbook: string): boolean => /^https:\/\/\S+$/.test(runbook);
