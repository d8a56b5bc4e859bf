/**
 * The metrics that dashboards may show: by namespace, their names and the sets of dimensions under which the service
 * publishes them, from the page of each service.
 */
export const awsMetrics = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
  "AWS/ApiGateway": { names: ["Count", "4xx", "5xx", "Latency"], dimensions: [["ApiId"], ["ApiId", "Stage"]] },
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
  "AWS/ApplicationELB": {
    names: [
      "RequestCount",
      "HTTPCode_ELB_4XX_Count",
      "HTTPCode_ELB_5XX_Count",
      "HTTPCode_Target_4XX_Count",
      "HTTPCode_Target_5XX_Count",
      "TargetResponseTime",
      "HealthyHostCount",
    ],
    dimensions: [["LoadBalancer"], ["LoadBalancer", "TargetGroup"]],
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
  "AWS/Billing": { names: ["EstimatedCharges"], dimensions: [["Currency"]] },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
  "AWS/CloudFront": {
    names: ["Requests", "4xxErrorRate", "5xxErrorRate"],
    dimensions: [["DistributionId", "Region"]],
  },
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
  "AWS/DynamoDB": {
    names: ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits", "ThrottledRequests"],
    dimensions: [["TableName"]],
  },
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html
  "AWS/EC2": { names: ["CPUUtilization"], dimensions: [["AutoScalingGroupName"]] },
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
  "AWS/ECS": { names: ["CPUUtilization", "MemoryUtilization"], dimensions: [["ClusterName", "ServiceName"]] },
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
  "AWS/ElastiCache": {
    names: [
      "CacheHits",
      "CacheMisses",
      "CurrConnections",
      "DatabaseMemoryUsagePercentage",
      "EngineCPUUtilization",
      "Evictions",
    ],
    dimensions: [["CacheClusterId"]],
  },
  // https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html
  "AWS/Firehose": { names: ["DeliveryToS3.DataFreshness"], dimensions: [["DeliveryStreamName"]] },
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
  "AWS/Lambda": {
    names: ["Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions"],
    dimensions: [[], ["FunctionName"], ["FunctionName", "Resource"]],
  },
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
  "AWS/RDS": {
    names: ["CPUUtilization", "DatabaseConnections", "FreeStorageSpace"],
    dimensions: [["DBInstanceIdentifier"]],
  },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html
  "AWS/S3": { names: ["BucketSizeBytes", "NumberOfObjects"], dimensions: [["BucketName", "StorageType"]] },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
  "AWS/SQS": {
    names: [
      "ApproximateAgeOfOldestMessage",
      "ApproximateNumberOfMessagesVisible",
      "NumberOfMessagesSent",
      "NumberOfMessagesDeleted",
    ],
    dimensions: [["QueueName"]],
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html
  CloudWatchSynthetics: { names: ["SuccessPercent", "Duration"], dimensions: [["CanaryName"]] },
} as const satisfies Readonly<
  Record<string, { readonly names: readonly string[]; readonly dimensions: readonly (readonly string[])[] }>
>;

export type Namespace = keyof typeof awsMetrics;
export type MetricName<N extends Namespace> = (typeof awsMetrics)[N]["names"][number];
export type MetricDimensions<N extends Namespace> = Values<(typeof awsMetrics)[N]["dimensions"][number]>;

/** An object with a value for each name of the set; distributes over a union of sets. */
type Values<Names> = Names extends readonly string[] ? Readonly<Record<Names[number], string>> : never;
