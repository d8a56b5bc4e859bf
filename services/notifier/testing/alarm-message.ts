/** The message of an alarm on the errors of a function, as CloudWatch publishes it, with other members in place. */
export function alarmMessage(over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { AlarmName = "nv-demo-api-errors" } = over;
  return {
    AlarmName,
    AlarmDescription:
      "Api: the Lambda function returned errors\nSeverity: critical\nRunbook: https://example.com/runbooks/functions.md#errors",
    AWSAccountId: "123456789012",
    AlarmConfigurationUpdatedTimestamp: "2026-11-28T04:00:00.000+0000",
    NewStateValue: "ALARM",
    NewStateReason:
      "Threshold Crossed: 1 out of the last 1 datapoints [3.0 (28/11/26 04:25:00)] was greater than the threshold (0.0) (minimum 1 datapoint for OK -> ALARM transition).",
    StateChangeTime: "2026-11-28T04:30:12.345+0000",
    Region: "US East (N. Virginia)",
    AlarmArn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${AlarmName}`,
    OldStateValue: "OK",
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    Trigger: {
      MetricName: "Errors",
      Namespace: "AWS/Lambda",
      StatisticType: "Statistic",
      Statistic: "SUM",
      Unit: null,
      Dimensions: [{ value: "nv-demo-api", name: "FunctionName" }],
      Period: 300,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 0.0,
      TreatMissingData: "notBreaching",
      EvaluateLowSampleCountPercentile: "",
    },
    ...over,
  };
}
