/**
 * The differences between the emulator, moto 5.2, and AWS. Any other difference fails the run, and so does an entry
 * that is no longer needed: the run verifies each one.
 */
export interface EmulatorGaps {
  /** Resources that are planned but omitted from the apply. */
  readonly omitted: readonly UnsupportedResource[];
  /** Resources that can be created but not destroyed: destroying the stack fails. */
  readonly undeletable: readonly UnsupportedResource[];
  readonly unstable: readonly UnstableArguments[];
}

export interface UnsupportedResource {
  readonly stack: string;
  readonly address: string;
  /** All resources of the type in the stack are omitted too; only this one is verified. */
  readonly allOfType?: true;
  readonly reason: string;
  /** Part of the emulator's error. */
  readonly error: string;
  /** Creating it succeeds; later requests fail. */
  readonly failsLater?: true;
  /** The emulator accepts it but does not store it; the provider waits for it forever. */
  readonly neverCompletes?: true;
}

/** Arguments that a second plan changes again, because the emulator does not store them or returns other values. */
export interface UnstableArguments {
  readonly types: readonly string[];
  readonly attributes: readonly string[];
  readonly reason: string;
}

/** The name of a gap in the results. */
export function gapName({ stack, address }: UnsupportedResource): string {
  return `${stack}: ${address}`;
}

export const MOTO_GAPS: EmulatorGaps = {
  omitted: [
    {
      stack: "state-bucket",
      address: "aws_s3_bucket_policy.State_Policy_FCE7C4B0",
      reason: "moto ignores conditions of bucket policies, so the statement that denies plain HTTP denies everything",
      error: "403",
      failsLater: true,
    },
    {
      stack: "elasticache",
      address: "aws_elasticache_parameter_group.Parameters",
      reason: "moto does not support parameter groups of ElastiCache",
      error: "StatusCode: 500",
    },
    {
      stack: "elasticache",
      address: "aws_elasticache_user_group.Users",
      reason: "moto does not support user groups of ElastiCache",
      error: "StatusCode: 500",
    },
    {
      stack: "elasticache",
      address: "aws_elasticache_replication_group.Cache",
      reason: "moto returns member clusters that do not exist",
      error: "CacheClusterNotFound",
    },
    {
      stack: "frontend",
      address: "aws_apigatewayv2_domain_name.Domain_Name_FF2CCCE5",
      reason: "moto returns no status for a domain name of API Gateway",
      error: "unexpected state ''",
    },
    {
      stack: "frontend",
      address: "aws_apigatewayv2_api_mapping.Domain_Mapping_9676C316",
      reason: "it refers to the omitted domain name",
      error: "The domain name resource specified in the request was not found",
    },
    ...[
      "cache_policy.EdgePolicies_Cache_ADD207EC",
      "origin_request_policy.EdgePolicies_OriginRequest_6D5AF911",
      "response_headers_policy.EdgePolicies_ResponseHeaders_25C982DB",
    ].map((policy) => ({
      stack: "hello",
      address: `aws_cloudfront_${policy}`,
      reason: "moto does not support policies of CloudFront",
      error: "StatusCode: 404",
    })),
    {
      stack: "monitoring",
      address: "aws_synthetics_canary.Canary_31426537",
      reason: "moto returns the timestamps of a canary as strings, which the provider rejects",
      error: "expected Timestamp to be a JSON Number",
    },
    {
      stack: "notifications",
      address: "aws_sqs_queue_redrive_allow_policy.Alarms_DeadLettersOf_4EE536A5",
      reason: "moto does not support redrive allow policies of queues",
      error: "attribute (RedriveAllowPolicy)",
      neverCompletes: true,
    },
    {
      stack: "notifications",
      address: "aws_budgets_budget.Budget_Monthly_F064B293",
      reason: "moto does not support the subscribers of a budget",
      error: "DescribeSubscribersForNotification",
    },
    {
      stack: "notifications",
      address: "aws_ce_anomaly_monitor.CostAnomalies_Monitor_173EC5AB",
      reason: "moto does not support cost anomaly detection",
      error: "StatusCode: 500",
    },
    {
      stack: "notifications",
      address: "aws_ce_anomaly_subscription.CostAnomalies_Subscription_24A6978E",
      reason: "moto does not support cost anomaly detection",
      error: "StatusCode: 500",
    },
    {
      stack: "monitoring",
      address: "aws_cloudwatch_composite_alarm.Alarms_ApiServerErrors-unless-suppressed_Alarm_703A5548",
      allOfType: true,
      reason: "moto does not support composite alarms",
      error: "StatusCode: 500",
    },
    {
      stack: "shout",
      address: "aws_cloudwatch_composite_alarm.Alarms_ShoutSlow-unless-suppressed_Alarm_C23AB387",
      allOfType: true,
      reason: "moto does not support composite alarms",
      error: "StatusCode: 500",
    },
    {
      stack: "sum",
      address: "aws_cloudwatch_composite_alarm.Alarms_AdderErrors-unless-suppressed_Alarm_F69B74F3",
      allOfType: true,
      reason: "moto does not support composite alarms",
      error: "StatusCode: 500",
    },
    {
      stack: "slo",
      address: "aws_cloudwatch_composite_alarm.FilesAvailability_Fast_Alarm_FCAC591A",
      allOfType: true,
      reason: "moto does not support composite alarms",
      error: "StatusCode: 500",
    },
    {
      stack: "s3-storage",
      address: "aws_sqs_queue_redrive_allow_policy.DeadLettersOf",
      reason: "moto does not support redrive allow policies of queues",
      error: "attribute (RedriveAllowPolicy)",
      neverCompletes: true,
    },
    {
      stack: "sum",
      address: "aws_appautoscaling_target.DisplayScaling_Target_BCF7595A",
      reason: "moto does not support tags of Application Auto Scaling",
      error: "ListTagsForResource",
    },
    {
      stack: "sum",
      address: "aws_s3_bucket_policy.Adder_Programs_Policy_91317F6E",
      reason: "as for the policy of the state bucket; this bucket contains an object",
      error: "403",
      failsLater: true,
    },
  ],
  undeletable: [
    {
      stack: "state-bucket",
      address: "aws_s3_bucket.State_Bucket_23180D49",
      reason: "moto fails on the delete markers that released locks leave in a versioned bucket",
      error: "emptying S3 Bucket",
    },
    {
      stack: "elasticache",
      address: "aws_elasticache_subnet_group.Subnets",
      reason: "moto creates subnet groups of ElastiCache but cannot delete them",
      error: "StatusCode: 500",
    },
    ...["audit", "client-errors", "cost", "deletions", "errors", "rejected", "slowest"].map((query) => ({
      stack: "logs",
      address: `aws_athena_named_query.Query-${query}`,
      reason: "moto creates named queries of Athena but cannot delete them",
      error: "DeleteNamedQuery",
    })),
  ],
  unstable: [
    {
      types: ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"],
      attributes: ["description"],
      reason: "moto does not store the description of a rule",
    },
    {
      types: ["aws_flow_log"],
      attributes: ["destination_options"],
      reason: "moto does not store the destination options of a flow log",
    },
    {
      types: ["aws_db_instance"],
      attributes: [
        "monitoring_interval",
        "monitoring_role_arn",
        "performance_insights_enabled",
        "performance_insights_retention_period",
      ],
      reason: "moto does not support Enhanced Monitoring and Performance Insights",
    },
    {
      types: ["aws_db_parameter_group"],
      attributes: ["parameter"],
      reason: "moto does not store the parameters of a group",
    },
    {
      types: ["aws_lambda_function"],
      attributes: ["logging_config"],
      reason: "moto does not store the logging configuration of a function",
    },
    {
      types: ["aws_launch_template"],
      attributes: ["tag_specifications"],
      reason: "moto returns the tags of a launch template as its tag specifications",
    },
    {
      types: ["aws_autoscaling_group"],
      attributes: ["capacity_reservation_specification", "launch_template"],
      reason: "the change of the launch template would create a new version; moto also returns an empty specification",
    },
    {
      types: ["aws_ecs_service"],
      attributes: ["availability_zone_rebalancing", "health_check_grace_period_seconds"],
      reason: "moto does not store them",
    },
    {
      types: ["aws_instance"],
      attributes: ["user_data"],
      reason: "moto returns empty user data for a machine without user data",
    },
    {
      types: ["aws_lambda_alias"],
      attributes: ["function_version"],
      reason: "the change of the function would publish a new version",
    },
    {
      types: ["aws_cloudfront_distribution"],
      attributes: ["default_cache_behavior", "viewer_certificate"],
      reason: "moto does not store the policies and the minimum TLS version of a distribution",
    },
    {
      types: ["aws_sqs_queue"],
      attributes: ["redrive_policy"],
      reason: "moto returns the redrive policy with spaces, and the provider compares it as a string",
    },
  ],
};
