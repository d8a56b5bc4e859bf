/** Where the local provider answers otherwise than the real one with the emulator, and why that may be. One that is no longer met fails the run. */
export interface KnownDifference {
  readonly type: string;
  readonly attributes: readonly string[];
  readonly reason: string;
}

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
    type: "aws_cloudfront_distribution",
    attributes: ["arn"],
    reason: "moto writes the account in the place of the region, and AWS does not",
  },
  {
    type: "aws_dynamodb_table",
    attributes: ["table_class", "ttl"],
    reason: "nobody set them: the real provider writes AWS's defaults into the state, and hides that from its plans",
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
    type: "aws_s3_bucket",
    attributes: ["grant", "lifecycle_rule", "logging", "policy", "server_side_encryption_configuration", "versioning"],
    reason: "older views of what now has resources of its own, which alone the local provider fills",
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
