import { evaluateExpression } from "./expression/evaluate-expression.ts";
import { ExpressionError } from "./expression/syntax.ts";
import type { Series } from "./expression/value.ts";
import type { Dimensions } from "./metric-sink.ts";
import type { Metrics } from "./metrics.ts";
import { statistic } from "./statistic.ts";

/** A statistic of a metric. */
export interface MetricStatistic {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Dimensions;
  readonly statistic: string;
}

/** A statistic of a metric, or an expression of others. */
export interface MetricQuery {
  readonly id: string;
  readonly label: string | undefined;
  /** Whether its values are those of the result. */
  readonly returnData: boolean;
  /** Seconds; undefined for an expression that has the period of its metrics. */
  readonly period: number | undefined;
  readonly source: MetricStatistic | string;
}

/** A period: later than `from`, up to `to`, in milliseconds since the epoch. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** The values of a statistic, one per period. */
export const valuesOf = (source: MetricStatistic, periods: readonly Period[], metrics: Metrics): Series =>
  periods.map(({ from, to }) =>
    statistic(source.statistic, metrics.values(source.namespace, source.metric, source.dimensions, from, to)),
  );

/**
 * The values of a query, one per period.
 *
 * @param queries those that its expression may name.
 * @throws ExpressionError for an invalid expression, or when expressions name each other.
 */
export function evaluateQuery(
  query: MetricQuery,
  queries: readonly MetricQuery[],
  periods: readonly Period[],
  metrics: Metrics,
): Series {
  return evaluate(query, []);

  function evaluate({ id, source }: MetricQuery, users: readonly string[]): Series {
    if (typeof source !== "string") return valuesOf(source, periods, metrics);
    if (users.includes(id)) throw new ExpressionError(`The expression ${id} refers to itself`);
    const used = [...users, id];
    return evaluateExpression(source, {
      length: periods.length,
      series(name) {
        const found = queries.find((other) => other.id === name);
        return found && evaluate(found, used);
      },
      metrics: () => queries.filter((other) => typeof other.source !== "string").map((other) => evaluate(other, used)),
    });
  }
}

/** The longest period, in seconds, of the metrics that a query uses. */
export function periodOf(query: MetricQuery, queries: readonly MetricQuery[]): number {
  const periods = [query, ...queries].flatMap(({ period }) => period ?? []);
  return query.period ?? Math.max(60, ...periods);
}
