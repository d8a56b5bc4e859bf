import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { type DimensionInput, dimensionsOf } from "../dimension-description.ts";
import { ExpressionError } from "../expression/syntax.ts";
import { evaluateQuery, type MetricQuery, periodOf } from "../metric-query.ts";
import type { CloudWatchContext } from "./context.ts";

/** Times are seconds since the epoch. */
interface Input {
  readonly MetricDataQueries?: readonly QueryInput[];
  readonly StartTime: number;
  readonly EndTime: number;
  readonly ScanBy?: "TimestampAscending" | "TimestampDescending";
  readonly MaxDatapoints?: number;
  readonly NextToken?: string;
}

interface QueryInput {
  readonly Id: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
  readonly Expression?: string;
  readonly Period?: number;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions?: readonly DimensionInput[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
}

interface Point {
  readonly query: number;
  /** Seconds since the epoch. */
  readonly time: number;
  readonly value: number;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const MAXIMUM = { queries: 500, points: 100_800 };

export const getMetricData =
  ({ metrics, clock }: Pick<CloudWatchContext, "metrics" | "clock">) =>
  (input: Input, call: Call): object => {
    call.authorize("cloudwatch:GetMetricData", "*");
    const { StartTime: start, EndTime: end, MaxDatapoints: limit = MAXIMUM.points, NextToken: token } = input;
    if (!(start < end)) throw invalid("StartTime must be less than EndTime");
    if (token !== undefined && !/^\d+$/.test(token)) throw new AwsError("InvalidNextToken", "The token is invalid");
    const queries = parseQueries(input.MetricDataQueries ?? []);
    const returned = queries.filter(({ returnData }) => returnData);
    const points = returned.flatMap((query, index) => {
      const values = pointsOf(query, index);
      return input.ScanBy === "TimestampAscending" ? values : values.reverse();
    });
    const { page, next } = paginate(points, { maximum: MAXIMUM.points, limit, token });
    const isContinued = (index: number) =>
      next !== undefined && points.slice(Number(next)).some((point) => point.query === index);
    return {
      MetricDataResults: returned.map(({ id, label }, index) => {
        const own = page.filter(({ query }) => query === index);
        return {
          Id: id,
          Label: label,
          Timestamps: own.map(({ time }) => time),
          Values: own.map(({ value }) => value),
          StatusCode: isContinued(index) ? "PartialData" : "Complete",
        };
      }),
      NextToken: next,
      Messages: [],
    };

    /** The periods begin at multiples of their length, and include the first moment and not the last one. */
    function pointsOf(query: MetricQuery, index: number): Point[] {
      const period = periodOf(query, queries);
      const first = Math.floor(start / period) * period;
      const last = Math.min(end, clock.now() / 1_000);
      const count = Math.max(0, Math.ceil((last - first) / period));
      const starts = Array.from({ length: count }, (_, position) => first + position * period);
      const periods = starts.map((time) => ({ from: time * 1_000 - 1, to: (time + period) * 1_000 - 1 }));
      return evaluate(() => evaluateQuery(query, queries, periods, metrics)).flatMap((value, position) =>
        value === undefined ? [] : { query: index, time: starts[position] ?? 0, value },
      );
    }
  };

/** @throws AwsError `ValidationError` */
function parseQueries(queries: readonly QueryInput[]): MetricQuery[] {
  if (queries.length === 0) throw invalid("MetricDataQueries must not be empty");
  if (queries.length > MAXIMUM.queries) throw invalid(`At most ${MAXIMUM.queries} MetricDataQueries are allowed`);
  const parsed = queries.map(parseQuery);
  const ids = parsed.map(({ id }) => id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw invalid(`The ID ${repeated} of MetricDataQueries is not unique`);
  return parsed;
}

function parseQuery({
  Id: id,
  Label,
  ReturnData: returnData = true,
  Expression,
  Period,
  MetricStat,
}: QueryInput): MetricQuery {
  if (!/^[a-z]\w*$/.test(id)) throw invalid(`The ID ${id} must begin with a lowercase letter`);
  if ((Expression === undefined) === (MetricStat === undefined)) {
    throw invalid(`The query ${id} must have either Expression or MetricStat`);
  }
  if (MetricStat === undefined) {
    return { id, label: Label ?? id, returnData, period: Period, source: Expression ?? "" };
  }
  const { Metric, Period: period, Stat } = MetricStat;
  if (!(period > 0)) throw invalid(`The period of the query ${id} must be positive`);
  const { Namespace: namespace, MetricName: metric, Dimensions } = Metric;
  const source = { namespace, metric, dimensions: dimensionsOf(Dimensions), statistic: Stat };
  return { id, label: Label ?? metric, returnData, period, source };
}

/** Reports what the request is wrong about, such as an expression or a statistic. */
function evaluate<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof TypeError) throw invalid(error.message);
    throw error;
  }
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message);
}
