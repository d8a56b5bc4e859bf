import type { ServedRequest } from "../../runtime/traffic.ts";
import type { Dimensions, MetricSink } from "./metric-sink.ts";

type Publish = (metrics: MetricSink, request: ServedRequest) => void;

const oneIf = (condition: boolean): number => (condition ? 1 : 0);
const isOfClass = ({ status = 0 }: ServedRequest, hundreds: number): boolean => Math.floor(status / 100) === hundreds;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
const publishApiRequest: Publish = (metrics, request) => {
  const values = {
    Count: 1,
    "4xx": oneIf(isOfClass(request, 4)),
    "5xx": oneIf(isOfClass(request, 5)),
    Latency: request.duration,
  };
  const { ApiId = "", Stage } = request.dimensions;
  metrics.put("AWS/ApiGateway", { ApiId }, values);
  if (Stage !== undefined) metrics.put("AWS/ApiGateway", { ApiId, Stage }, values);
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
const publishBalancedRequest: Publish = (metrics, request) => {
  const { LoadBalancer = "", TargetGroup } = request.dimensions;
  const put = (dimensions: Dimensions, values: Readonly<Record<string, number>>): void =>
    metrics.put("AWS/ApplicationELB", dimensions, values);
  const isOwn = request.servedBy === undefined || request.isFailure === true;
  put(
    { LoadBalancer },
    {
      RequestCount: 1,
      HTTPCode_ELB_4XX_Count: oneIf(isOwn && isOfClass(request, 4)),
      HTTPCode_ELB_5XX_Count: oneIf(isOwn && isOfClass(request, 5)),
    },
  );
  if (TargetGroup === undefined) return;
  const classes = [2, 3, 4, 5].map((hundreds) => [
    `HTTPCode_Target_${hundreds}XX_Count`,
    oneIf(!isOwn && isOfClass(request, hundreds)),
  ]);
  const ofTarget = { ...Object.fromEntries(classes), TargetResponseTime: request.duration / 1_000 };
  put({ LoadBalancer }, ofTarget);
  put({ LoadBalancer, TargetGroup }, { RequestCount: 1, ...ofTarget });
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html */
const publishEdgeRequest: Publish = (metrics, request) => {
  const values = {
    Requests: 1,
    "4xxErrorRate": 100 * oneIf(isOfClass(request, 4)),
    "5xxErrorRate": 100 * oneIf(isOfClass(request, 5)),
  };
  metrics.put("AWS/CloudFront", { ...request.dimensions, Region: "Global" }, values);
};

const publishers: Readonly<Record<ServedRequest["entrance"], Publish>> = {
  "api-gateway": publishApiRequest,
  "load-balancer": publishBalancedRequest,
  cloudfront: publishEdgeRequest,
};

/** Publishes the metrics of a request to an API, a load balancer or a distribution. */
export const publishRequest: Publish = (metrics, request) => publishers[request.entrance](metrics, request);
