/**
 * The metrics that services of the local AWS publish, by namespace. Alarms on other metrics are not evaluated: missing
 * data would not mean a failure.
 */
const published: Readonly<Record<string, readonly string[]>> = {
  "AWS/ApiGateway": ["Count", "4xx", "5xx", "Latency"],
  "AWS/ApplicationELB": [
    "RequestCount",
    "HTTPCode_ELB_4XX_Count",
    "HTTPCode_ELB_5XX_Count",
    "HTTPCode_Target_2XX_Count",
    "HTTPCode_Target_3XX_Count",
    "HTTPCode_Target_4XX_Count",
    "HTTPCode_Target_5XX_Count",
    "TargetResponseTime",
    "HealthyHostCount",
    "UnHealthyHostCount",
  ],
  "AWS/CloudFront": ["Requests", "4xxErrorRate", "5xxErrorRate"],
  // There is no throttling, so the last one never has a value, which is what AWS publishes without it.
  "AWS/DynamoDB": ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits", "ThrottledRequests"],
  "AWS/EC2": ["CPUUtilization"],
  "AWS/ECS": ["CPUUtilization", "MemoryUtilization"],
  "AWS/ElastiCache": ["CacheHits", "CacheMisses", "CurrConnections", "EngineCPUUtilization", "Evictions"],
  "AWS/Firehose": ["DeliveryToS3.DataFreshness"],
  "AWS/Lambda": ["Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions"],
  "AWS/RDS": ["CPUUtilization", "DatabaseConnections", "FreeStorageSpace"],
  // Once a minute; AWS publishes them once a day.
  "AWS/S3": ["BucketSizeBytes", "NumberOfObjects"],
  "AWS/SNS": [
    "NumberOfMessagesPublished",
    "NumberOfNotificationsDelivered",
    "NumberOfNotificationsFailed",
    "NumberOfNotificationsFilteredOut",
  ],
  "AWS/SQS": [
    "ApproximateNumberOfMessagesVisible",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateAgeOfOldestMessage",
    "NumberOfMessagesSent",
    "NumberOfMessagesReceived",
    "NumberOfMessagesDeleted",
  ],
  CloudWatchSynthetics: ["SuccessPercent", "Failed", "Duration"],
};

export const isPublished = (namespace: string, metric: string): boolean =>
  published[namespace]?.includes(metric) ?? false;
