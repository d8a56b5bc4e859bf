/** Where the local provider answers otherwise than the real one with the emulator, and why that may be. One that is no longer met fails the run. */
export interface KnownDifference {
  readonly type: string;
  readonly attributes: readonly string[];
  readonly reason: string;
}

const DEFAULTS =
  "nobody set them: the real provider writes AWS's defaults into the state, and hides that from its plans";

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    type: "aws_acm_certificate",
    attributes: ["not_after", "not_before", "options"],
    reason: "moto issues a certificate at once; locally none is ever issued",
  },
  {
    type: "aws_apigatewayv2_stage",
    attributes: ["deployment_id"],
    reason: "moto deploys nothing by itself, and AWS does",
  },
  {
    type: "aws_appautoscaling_policy",
    attributes: ["alarm_arns"],
    reason: "locally the policy looks at the load itself, and needs no alarms",
  },
  {
    type: "aws_autoscaling_group",
    attributes: ["availability_zone_distribution", "capacity_reservation_specification"],
    reason: DEFAULTS,
  },
  {
    type: "aws_autoscaling_group",
    attributes: ["availability_zones"],
    reason: "locally there is one machine, which is in no zone",
  },
  {
    type: "aws_cloudfront_distribution",
    attributes: ["arn"],
    reason: "moto writes the account in the place of the region, and AWS does not",
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
    reason: "moto forgets them, and AWS does not",
  },
  {
    type: "aws_db_instance",
    attributes: ["kms_key_id"],
    reason: "moto names a key that is not one; locally there are no keys",
  },
  {
    type: "aws_ecs_service",
    attributes: ["availability_zone_rebalancing", "health_check_grace_period_seconds"],
    reason: "moto forgets them, and AWS does not",
  },
  {
    type: "aws_ecs_service",
    attributes: ["deployment_controller"],
    reason: DEFAULTS,
  },
  {
    type: "aws_eip",
    attributes: ["public_dns", "vpc"],
    reason: "a local address has no name, and the other is what EC2-Classic left behind",
  },
  {
    type: "aws_flow_log",
    attributes: ["destination_options"],
    reason: "moto forgets them, and AWS does not",
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
    reason: "they come from the launch template; locally a single instance is only recorded",
  },
  {
    type: "aws_lambda_function",
    attributes: ["logging_config"],
    reason: "moto forgets it, and AWS does not",
  },
  {
    type: "aws_lambda_function",
    attributes: ["ephemeral_storage"],
    reason: "a local function has the machine's disk",
  },
  {
    type: "aws_lb",
    attributes: ["connection_logs", "subnet_mapping"],
    reason: DEFAULTS,
  },
  {
    type: "aws_lb_listener",
    attributes: ["routing_http_response_server_enabled", "ssl_policy", "tcp_idle_timeout_seconds"],
    reason: "moto gives a listener for plain HTTP what those for TLS and TCP have, and forgets what it has",
  },
  {
    type: "aws_lb_target_group",
    attributes: ["stickiness", "target_failover", "target_group_health", "target_health_state"],
    reason: DEFAULTS,
  },
  {
    type: "aws_lb_target_group",
    attributes: ["load_balancing_anomaly_mitigation"],
    reason: "moto forgets it, and AWS does not",
  },
  {
    type: "aws_s3_bucket",
    attributes: ["grant", "lifecycle_rule", "logging", "policy", "server_side_encryption_configuration", "versioning"],
    reason: "older views of what now has resources of its own, which alone the local provider fills",
  },
  {
    type: "aws_s3_object",
    attributes: ["bucket_key_enabled"],
    reason: "locally there are no keys",
  },
  {
    type: "aws_vpc",
    attributes: ["dhcp_options_id"],
    reason: "moto calls them default; AWS gives an id",
  },
  {
    type: "aws_vpc_endpoint",
    attributes: ["dns_entry", "network_interface_ids", "subnet_configuration"],
    reason: "locally an endpoint has no address: the services are reached at one port of the loopback interface",
  },
];

/** Arguments whose change replaces a resource of the one provider and not of the other. */
export const KNOWN_DECISIONS: readonly KnownDifference[] = [
  {
    type: "aws_instance",
    attributes: ["enable_primary_ipv6"],
    reason: "the real provider replaces only what had it and is to lose it",
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
    reason: "the real provider takes a disk at the same device for the same disk, and plans no change of it",
  },
];
