/**
 * Attributes in which the state of the local provider may differ from that of the real one with the emulator, and why.
 * The run fails for an entry that does not occur.
 */
export interface KnownDifference {
  readonly type: string;
  readonly attributes: readonly string[];
  readonly reason: string;
}

const DEFAULTS = "not configured: the real provider writes the defaults of AWS to the state and ignores them in plans";

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    type: "aws_acm_certificate",
    attributes: ["not_after", "not_before", "options"],
    reason: "moto issues certificates immediately; the local AWS never does",
  },
  {
    type: "aws_apigatewayv2_stage",
    attributes: ["deployment_id"],
    reason: "moto does not deploy automatically; AWS does",
  },
  {
    type: "aws_appautoscaling_policy",
    attributes: ["alarm_arns"],
    reason: "the local AWS scales by the load itself, without alarms",
  },
  {
    type: "aws_autoscaling_group",
    attributes: ["availability_zone_distribution", "capacity_reservation_specification"],
    reason: DEFAULTS,
  },
  {
    type: "aws_autoscaling_group",
    attributes: ["availability_zones"],
    reason: "the local AWS has one machine and no zones",
  },
  {
    type: "aws_cloudfront_distribution",
    attributes: ["arn"],
    reason: "moto returns the account ID in place of the region; AWS does not",
  },
  {
    type: "aws_dynamodb_table",
    attributes: ["table_class", "ttl"],
    reason: DEFAULTS,
  },
  {
    type: "aws_db_instance",
    attributes: [
      "backup_target",
      "database_insights_mode",
      "engine_lifecycle_support",
      "hosted_zone_id",
      "monitoring_interval",
      "monitoring_role_arn",
      "network_type",
      "performance_insights_enabled",
      "performance_insights_retention_period",
    ],
    reason: "moto does not store them; AWS does",
  },
  {
    type: "aws_db_instance",
    attributes: ["kms_key_id"],
    reason: "moto returns an invalid key ARN; the local AWS has no KMS keys",
  },
  {
    type: "aws_ecs_service",
    attributes: ["availability_zone_rebalancing", "health_check_grace_period_seconds"],
    reason: "moto does not store them; AWS does",
  },
  {
    type: "aws_ecs_service",
    attributes: ["deployment_controller"],
    reason: DEFAULTS,
  },
  {
    type: "aws_eip",
    attributes: ["public_dns", "vpc"],
    reason: "a local address has no DNS name; vpc is deprecated since EC2-Classic",
  },
  {
    type: "aws_flow_log",
    attributes: ["destination_options"],
    reason: "moto does not store them; AWS does",
  },
  {
    type: "aws_instance",
    attributes: [
      "ami",
      "associate_public_ip_address",
      "credit_specification",
      "ebs_block_device",
      "instance_type",
      "metadata_options",
      "root_block_device",
      "user_data",
    ],
    reason: "they come from the launch template; the local AWS only records a single instance",
  },
  {
    type: "aws_lambda_function",
    attributes: ["logging_config"],
    reason: "moto does not store it; AWS does",
  },
  {
    type: "aws_lambda_function",
    attributes: ["ephemeral_storage"],
    reason: "a local function uses the disk of the machine",
  },
  {
    type: "aws_lb",
    attributes: ["connection_logs", "subnet_mapping"],
    reason: DEFAULTS,
  },
  {
    type: "aws_lb_listener",
    attributes: ["routing_http_response_server_enabled", "ssl_policy", "tcp_idle_timeout_seconds"],
    reason: "moto returns TLS and TCP attributes for an HTTP listener and omits the HTTP ones",
  },
  {
    type: "aws_lb_target_group",
    attributes: ["stickiness", "target_failover", "target_group_health", "target_health_state"],
    reason: DEFAULTS,
  },
  {
    type: "aws_lb_target_group",
    attributes: ["load_balancing_anomaly_mitigation"],
    reason: "moto does not store it; AWS does",
  },
  {
    type: "aws_s3_bucket",
    attributes: ["grant", "lifecycle_rule", "logging", "policy", "server_side_encryption_configuration", "versioning"],
    reason: "deprecated attributes; the local provider sets only the separate resources that replaced them",
  },
  {
    type: "aws_s3_object",
    attributes: ["bucket_key_enabled"],
    reason: "the local AWS has no KMS keys",
  },
  {
    type: "aws_vpc",
    attributes: ["dhcp_options_id"],
    reason: "moto returns the name default; AWS returns an ID",
  },
  {
    type: "aws_vpc_endpoint",
    attributes: ["dns_entry", "network_interface_ids", "subnet_configuration"],
    reason: "a local endpoint has no address: all services share one port of the loopback interface",
  },
];

/** Arguments whose change replaces a resource with only one of the providers. */
export const KNOWN_REPLACEMENT_DIFFERENCES: readonly KnownDifference[] = [
  {
    type: "aws_instance",
    attributes: ["enable_primary_ipv6"],
    reason: "the real provider replaces an instance only when the argument changes from true to false",
  },
  {
    type: "aws_instance",
    attributes: [
      "delete_on_termination",
      "encrypted",
      "iops",
      "kms_key_id",
      "tags",
      "tags_all",
      "throughput",
      "volume_size",
      "volume_type",
    ].map((attribute) => `ebs_block_device.${attribute}`),
    reason: "the real provider identifies a disk by its device name and plans no change of it",
  },
];
