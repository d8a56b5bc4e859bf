/**
 * What the emulator, moto 5.2, does not do as AWS does. Nothing else is excused, and the run proves each entry: one that is no longer needed fails it.
 */
export interface Gaps {
  /** Resources that are planned, and then left out of what is applied. */
  readonly leftOut: readonly Refused[];
  /** Resources that can be made and not taken away: to destroy the stack fails for each. */
  readonly undeletable: readonly Refused[];
  readonly unsettled: readonly Unsettled[];
}

export interface Refused {
  readonly stack: string;
  readonly address: string;
  readonly reason: string;
  /** Part of the emulator's error. */
  readonly error: string;
  /** It is taken, and what comes afterwards is refused. */
  readonly later?: true;
  /** It is taken and forgotten, and the provider waits for it. */
  readonly waitsForEver?: true;
}

/** Arguments that the second plan wants to set again, because the emulator forgets them or tells them otherwise. */
export interface Unsettled {
  readonly types: readonly string[];
  readonly attributes: readonly string[];
  readonly reason: string;
}

export const MOTO_GAPS: Gaps = {
  leftOut: [
    {
      stack: "state-bucket",
      address: "aws_s3_bucket_policy.State_Policy_FCE7C4B0",
      reason: "moto reads a bucket policy without its conditions, so the refusal of plain HTTP refuses everything",
      error: "403",
      later: true,
    },
    {
      stack: "elasticache",
      address: "aws_elasticache_parameter_group.Parameters",
      reason: "moto knows no parameter groups of ElastiCache",
      error: "StatusCode: 500",
    },
    {
      stack: "elasticache",
      address: "aws_elasticache_user_group.Users",
      reason: "moto knows no user groups of ElastiCache",
      error: "StatusCode: 500",
    },
    {
      stack: "elasticache",
      address: "aws_elasticache_replication_group.Cache",
      reason: "moto names member clusters that it does not have",
      error: "CacheClusterNotFound",
    },
    {
      stack: "frontend",
      address: "aws_apigatewayv2_domain_name.Domain_Name_FF2CCCE5",
      reason: "moto tells no status of a domain name of API Gateway",
      error: "unexpected state ''",
    },
    {
      stack: "frontend",
      address: "aws_apigatewayv2_api_mapping.Domain_Mapping_9676C316",
      reason: "it is to the domain name that is left out",
      error: "The domain name resource specified in the request was not found",
    },
    ...[
      "cache_policy.EdgePolicies_Cache_ADD207EC",
      "origin_request_policy.EdgePolicies_OriginRequest_6D5AF911",
      "response_headers_policy.EdgePolicies_ResponseHeaders_25C982DB",
    ].map((policy) => ({
      stack: "hello",
      address: `aws_cloudfront_${policy}`,
      reason: "moto knows no policies of CloudFront",
      error: "StatusCode: 404",
    })),
    {
      stack: "monitoring",
      address: "aws_synthetics_canary.Canary_31426537",
      reason: "moto tells the times of a canary as text, which the provider does not read",
      error: "expected Timestamp to be a JSON Number",
    },
    {
      stack: "s3-storage",
      address: "aws_sqs_queue_redrive_allow_policy.DeadLettersOf",
      reason: "moto knows no redrive allow policy of a queue",
      error: "attribute (RedriveAllowPolicy)",
      waitsForEver: true,
    },
    {
      stack: "sum",
      address: "aws_appautoscaling_target.DisplayScaling_Target_BCF7595A",
      reason: "moto knows no tags of Application Auto Scaling",
      error: "ListTagsForResource",
    },
    {
      stack: "sum",
      address: "aws_s3_bucket_policy.Adder_Programs_Policy_91317F6E",
      reason: "as the policy of the state bucket, and there is an object in this bucket",
      error: "403",
      later: true,
    },
  ],
  undeletable: [
    {
      stack: "state-bucket",
      address: "aws_s3_bucket.State_Bucket_23180D49",
      reason: "moto stumbles over the delete markers that given back locks leave in a versioned bucket",
      error: "emptying S3 Bucket",
    },
    {
      stack: "elasticache",
      address: "aws_elasticache_subnet_group.Subnets",
      reason: "moto makes subnet groups of ElastiCache and cannot take them away",
      error: "StatusCode: 500",
    },
  ],
  unsettled: [
    {
      types: ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"],
      attributes: ["description"],
      reason: "moto forgets the description of a rule",
    },
    {
      types: ["aws_flow_log"],
      attributes: ["destination_options"],
      reason: "moto forgets the destination options of a flow log",
    },
    {
      types: ["aws_db_instance"],
      attributes: [
        "monitoring_interval",
        "monitoring_role_arn",
        "performance_insights_enabled",
        "performance_insights_retention_period",
      ],
      reason: "moto has no enhanced monitoring and no performance insights",
    },
    {
      types: ["aws_db_parameter_group"],
      attributes: ["parameter"],
      reason: "moto forgets the parameters of a group",
    },
    {
      types: ["aws_lambda_function"],
      attributes: ["logging_config"],
      reason: "moto forgets where and how a function logs",
    },
    {
      types: ["aws_launch_template"],
      attributes: ["tag_specifications"],
      reason: "moto tells the tags of a launch template as something that it gives to others",
    },
    {
      types: ["aws_autoscaling_group"],
      attributes: ["capacity_reservation_specification", "launch_template"],
      reason: "the change of its launch template would be a new version of it; and moto tells an empty specification",
    },
    {
      types: ["aws_ecs_service"],
      attributes: ["availability_zone_rebalancing", "health_check_grace_period_seconds"],
      reason: "moto forgets them",
    },
    {
      types: ["aws_instance"],
      attributes: ["user_data"],
      reason: "moto tells empty user data where the machine has none of its own",
    },
    {
      types: ["aws_lambda_alias"],
      attributes: ["function_version"],
      reason: "the change of the function that moto forgot would be a new version of it",
    },
    {
      types: ["aws_cloudfront_distribution"],
      attributes: ["default_cache_behavior", "viewer_certificate"],
      reason: "moto forgets the policies of a distribution and its oldest TLS",
    },
    {
      types: ["aws_sqs_queue"],
      attributes: ["redrive_policy"],
      reason: "moto writes the redrive policy with spaces, and the provider compares it as text",
    },
  ],
};
