import {
  type CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
} from "@aws-sdk/client-cloudwatch";
import { OBJECTIVE_DAYS } from "../../stacks/slo/objective.ts";
import type { PublishedObjective } from "./read-objectives.ts";

/** The requests of a period, and how many of them were bad. Percentiles are estimates, so `bad` may be a fraction. */
export interface Measured {
  readonly requests: number;
  readonly bad: number;
}

/** What is known of an objective. */
export interface ObjectiveStatus {
  readonly objective: PublishedObjective;
  readonly days: Measured;
  /** The present hour and the one before. */
  readonly recent: Measured;
}

const HOUR_SECONDS = 3_600;
const HOUR_MS = HOUR_SECONDS * 1_000;
/** CloudWatch keeps metrics by the hour for 15 months. */
const HOURS = OBJECTIVE_DAYS * 24;

/**
 * Measures the objectives over their days, by the hour.
 *
 * @param now milliseconds since the epoch.
 */
export async function measureObjectives(
  client: CloudWatchClient,
  objectives: readonly PublishedObjective[],
  now: number,
): Promise<readonly ObjectiveStatus[]> {
  const end = Math.ceil(now / HOUR_MS) * HOUR_MS;
  const input = {
    StartTime: new Date(end - HOURS * HOUR_MS),
    EndTime: new Date(end),
    MetricDataQueries: objectives.flatMap(queriesOf),
  };
  const values = new Map<string, Map<number, number>>();
  for await (const { MetricDataResults = [] } of paginateGetMetricData({ client }, input)) {
    for (const result of MetricDataResults) addValues(values, result);
  }
  return objectives.map((objective, index) => {
    const requests = values.get(queryId(index, "requests")) ?? new Map();
    const bad = values.get(queryId(index, "bad")) ?? new Map();
    const measure = (from: number): Measured =>
      sum(
        [...requests].filter(([time]) => time >= from),
        bad,
      );
    return { objective, days: measure(0), recent: measure(end - 2 * HOUR_MS) };
  });
}

function sum(requests: readonly (readonly [number, number])[], badPercentages: ReadonlyMap<number, number>): Measured {
  return {
    requests: requests.reduce((total, [, count]) => total + count, 0),
    // A percentage that is calculated as the rest to 100 may be slightly below zero.
    bad: requests.reduce(
      (total, [time, count]) => total + (count * Math.max(0, badPercentages.get(time) ?? 0)) / 100,
      0,
    ),
  };
}

function addValues(values: Map<string, Map<number, number>>, { Id = "", ...result }: MetricDataResult): void {
  const known = values.get(Id) ?? new Map<number, number>();
  values.set(Id, known);
  for (const [index, time] of result.Timestamps?.entries() ?? []) {
    const value = result.Values?.[index];
    if (value !== undefined) known.set(time.getTime(), value);
  }
}

/** IDs are unique in a request, so each objective has a prefix. */
const queryId = (objective: number, name: string): string => `o${objective}_${name}`;

function queriesOf({ indicator }: PublishedObjective, index: number): MetricDataQuery[] {
  const names = Object.keys(indicator.metrics);
  const expression = indicator.badPercentage.replaceAll(/[a-z]\w*/g, (name) =>
    names.includes(name) ? queryId(index, name) : name,
  );
  return [
    { Id: queryId(index, "bad"), Expression: expression },
    ...Object.entries(indicator.metrics).map(([name, { namespace, metricName, dimensions, statistic }]) => ({
      Id: queryId(index, name),
      ReturnData: name === "requests",
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: metricName,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: HOUR_SECONDS,
        Stat: statistic,
      },
    })),
  ];
}
