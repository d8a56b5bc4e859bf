import type { Call } from "../../../gateway/protocol.ts";
import { type DimensionInput, dimensionsOf } from "../dimension-description.ts";
import { statistic } from "../statistic.ts";
import type { CloudWatchContext } from "./context.ts";

/** Times are seconds since the epoch. */
interface Input {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly DimensionInput[];
  readonly StartTime: number;
  readonly EndTime: number;
  /** Seconds. */
  readonly Period: number;
  readonly Statistics: readonly string[];
}

export const getMetricStatistics =
  ({ metrics, clock }: Pick<CloudWatchContext, "metrics" | "clock">) =>
  (input: Input, call: Call): object => {
    call.authorize("cloudwatch:GetMetricStatistics", "*");
    const dimensions = dimensionsOf(input.Dimensions);
    const end = Math.min(input.EndTime * 1_000, clock.now());
    const datapoints = [];
    for (let from = input.StartTime * 1_000; from < end; from += input.Period * 1_000) {
      const to = from + input.Period * 1_000;
      const values = metrics.values(input.Namespace, input.MetricName, dimensions, from - 1, to - 1);
      if (!values) continue;
      const statistics = input.Statistics.map((name) => [name, statistic(name, values)] as const);
      datapoints.push({ Timestamp: from / 1_000, ...Object.fromEntries(statistics) });
    }
    return { Label: input.MetricName, Datapoints: datapoints };
  };
