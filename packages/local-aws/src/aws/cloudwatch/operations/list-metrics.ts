import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { describeDimensions } from "../dimension-description.ts";
import type { CloudWatchContext } from "./context.ts";

interface Input {
  readonly Namespace?: string;
  readonly MetricName?: string;
  /** Without a value, metrics with any value. */
  readonly Dimensions?: readonly { readonly Name: string; readonly Value?: string }[];
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
const PAGE_SIZE = 500;

export const listMetrics =
  ({ metrics }: Pick<CloudWatchContext, "metrics">) =>
  ({ Namespace, MetricName, Dimensions = [], NextToken }: Input, call: Call): object => {
    call.authorize("cloudwatch:ListMetrics", "*");
    const matching = metrics
      .all()
      .filter(({ namespace, metric }) => (Namespace ?? namespace) === namespace && (MetricName ?? metric) === metric)
      .filter(({ dimensions }) =>
        Dimensions.every(({ Name, Value }) => Name in dimensions && (Value ?? dimensions[Name]) === dimensions[Name]),
      );
    const { page, next } = paginate(matching, { maximum: PAGE_SIZE, token: NextToken });
    return {
      Metrics: page.map(({ namespace, metric, dimensions }) => ({
        Namespace: namespace,
        MetricName: metric,
        Dimensions: describeDimensions(dimensions),
      })),
      NextToken: next,
    };
  };
