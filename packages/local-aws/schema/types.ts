/**
 * The part of hashicorp/aws that the local provider serves: the types of this repository's stacks, and those that
 * additional stacks are likely to use. Terraform reads the whole schema with every command, so all 1,500 types of the
 * provider would add a second of CPU time to each plan.
 */
const FAMILIES: Readonly<Record<string, string>> = {
  aws_acm: "certificate certificate_validation",
  aws_apigatewayv2: "api api_mapping authorizer deployment domain_name integration route stage vpc_link",
  aws_appautoscaling: "policy scheduled_action target",
  aws_athena: "database named_query workgroup",
  aws_autoscaling: "group lifecycle_hook policy schedule attachment",
  aws_budgets: "budget",
  aws_ce: "anomaly_monitor anomaly_subscription",
  aws_cloudfront:
    "cache_policy distribution function origin_access_control origin_request_policy response_headers_policy",
  aws_cloudwatch:
    "composite_alarm dashboard event_bus event_rule event_target log_group log_metric_filter log_resource_policy log_stream log_subscription_filter metric_alarm query_definition",
  aws_codebuild: "project",
  aws_codedeploy: "app deployment_config deployment_group",
  aws_db: "instance option_group parameter_group proxy proxy_default_target_group proxy_target subnet_group snapshot",
  aws_dynamodb: "table table_item resource_policy",
  aws_ecr: "lifecycle_policy registry_scanning_configuration repository repository_policy",
  aws_ecs: "cluster cluster_capacity_providers service task_definition",
  aws_elasticache:
    "parameter_group replication_group serverless_cache subnet_group user user_group user_group_association",
  aws_glue: "catalog_database catalog_table",
  aws_iam:
    "group group_policy instance_profile openid_connect_provider policy role role_policy role_policy_attachment service_linked_role user user_policy access_key",
  aws_kinesis: "stream firehose_delivery_stream",
  aws_kms: "alias key key_policy",
  aws_lambda:
    "alias event_source_mapping function function_event_invoke_config function_url invocation layer_version permission provisioned_concurrency_config",
  aws_lb: "listener listener_certificate listener_rule target_group target_group_attachment",
  aws_network: "acl acl_association acl_rule interface",
  aws_rds: "cluster cluster_instance cluster_parameter_group",
  aws_route53: "health_check hosted_zone_dnssec key_signing_key query_log record zone",
  aws_s3: [
    "bucket bucket_cors_configuration bucket_intelligent_tiering_configuration bucket_lifecycle_configuration bucket_logging bucket_notification",
    "bucket_object_lock_configuration bucket_ownership_controls bucket_policy bucket_public_access_block bucket_replication_configuration",
    "bucket_server_side_encryption_configuration bucket_versioning account_public_access_block object",
  ].join(" "),
  aws_scheduler: "schedule schedule_group",
  aws_secretsmanager: "secret secret_policy secret_rotation secret_version",
  aws_security: "group group_rule",
  aws_service: "discovery_private_dns_namespace discovery_service",
  aws_servicequotas: "service_quota",
  aws_sns: "topic topic_policy topic_subscription",
  aws_sqs: "queue queue_policy queue_redrive_allow_policy queue_redrive_policy",
  aws_ssm: "document parameter",
  aws_synthetics: "canary group group_association",
  aws_vpc:
    "dhcp_options dhcp_options_association endpoint endpoint_policy endpoint_route_table_association security_group_egress_rule security_group_ingress_rule",
  aws_wafv2: "ip_set web_acl_association",
  aws_xray: "encryption_config group sampling_rule",
};

const SINGLE_TYPES = [
  "aws_default_network_acl",
  "aws_default_route_table",
  "aws_default_security_group",
  "aws_ebs_encryption_by_default",
  "aws_egress_only_internet_gateway",
  "aws_eip",
  "aws_eip_association",
  "aws_flow_log",
  "aws_instance",
  "aws_internet_gateway",
  "aws_key_pair",
  "aws_launch_template",
  "aws_lb",
  "aws_main_route_table_association",
  "aws_nat_gateway",
  "aws_route",
  "aws_route_table",
  "aws_route_table_association",
  "aws_subnet",
  "aws_vpc",
];

export const RESOURCE_TYPES: readonly string[] = [
  ...Object.entries(FAMILIES).flatMap(([prefix, names]) => names.split(" ").map((name) => `${prefix}_${name}`)),
  ...SINGLE_TYPES,
].sort();

export const DATA_SOURCE_TYPES: readonly string[] = [
  "aws_acm_certificate",
  "aws_ami",
  "aws_availability_zones",
  "aws_caller_identity",
  "aws_cloudfront_cache_policy",
  "aws_cloudfront_origin_request_policy",
  "aws_cloudwatch_log_group",
  "aws_db_instance",
  "aws_dynamodb_table",
  "aws_ecr_repository",
  "aws_elb_service_account",
  "aws_iam_policy",
  "aws_iam_policy_document",
  "aws_iam_role",
  "aws_kms_alias",
  "aws_kms_key",
  "aws_lambda_alias",
  "aws_lambda_function",
  "aws_lb",
  "aws_partition",
  "aws_region",
  "aws_route53_zone",
  "aws_s3_bucket",
  "aws_s3_object",
  "aws_secretsmanager_random_password",
  "aws_secretsmanager_secret",
  "aws_secretsmanager_secret_version",
  "aws_security_group",
  "aws_sns_topic",
  "aws_sqs_queue",
  "aws_ssm_parameter",
  "aws_subnet",
  "aws_subnets",
  "aws_vpc",
];

export const EPHEMERAL_TYPES: readonly string[] = [
  "aws_secretsmanager_random_password",
  "aws_secretsmanager_secret_version",
];
