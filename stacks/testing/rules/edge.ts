import { argument, type Rule } from "./rule.ts";

const DISTRIBUTION = "aws_cloudfront_distribution";
const HEADERS = "aws_cloudfront_response_headers_policy";
const TABLE = "aws_dynamodb_table";

const isSet = (value: unknown) => value !== undefined && value !== "";

/** CloudFront and DynamoDB, which the Hello system uses. */
export const edgeRules: readonly Rule[] = [
  argument(
    "CKV_AWS_34, AWS-0012, CloudFront.3",
    DISTRIBUTION,
    "default_cache_behavior.viewer_protocol_policy",
    (policy) => policy === "redirect-to-https" || policy === "https-only",
    "allow-all",
  ),
  argument(
    "CKV_AWS_174, CKV2_AWS_42, AWS-0013, CloudFront.7, CloudFront.15",
    DISTRIBUTION,
    "viewer_certificate.minimum_protocol_version",
    "TLSv1.2_2021",
    "TLSv1",
  ),
  argument("CloudFront.8", DISTRIBUTION, "viewer_certificate.ssl_support_method", "sni-only", "vip"),
  argument(
    "CKV2_AWS_72, CloudFront.9",
    DISTRIBUTION,
    "origin.0.custom_origin_config.origin_protocol_policy",
    "https-only",
    "match-viewer",
  ),
  argument(
    "CKV2_AWS_54, CloudFront.10",
    DISTRIBUTION,
    "origin.0.custom_origin_config.origin_ssl_protocols",
    (protocols) => JSON.stringify(protocols) === '["TLSv1.2"]',
    ["SSLv3", "TLSv1.2"],
  ),
  argument(
    "CKV2_AWS_32, CKV_AWS_259",
    DISTRIBUTION,
    "default_cache_behavior.response_headers_policy_id",
    isSet,
    undefined,
  ),
  argument(
    "CKV_AWS_259",
    HEADERS,
    "security_headers_config.strict_transport_security.access_control_max_age_sec",
    (seconds) => Number(seconds) >= 31_536_000,
    0,
  ),
  argument("CKV_AWS_86, AWS-0010, CloudFront.5", DISTRIBUTION, "logging_config", isSet, undefined),
  argument("CKV_AWS_305, CloudFront.1", DISTRIBUTION, "default_root_object", isSet, undefined),
  argument("CKV_AWS_68, AWS-0011, CloudFront.6", DISTRIBUTION, "web_acl_id", isSet, undefined),
  argument("CKV_AWS_28, AWS-0024, DynamoDB.2", TABLE, "point_in_time_recovery.enabled", true, false),
  argument("DynamoDB.6", TABLE, "deletion_protection_enabled", true, false),
  argument("CKV_AWS_119", TABLE, "server_side_encryption.enabled", true, false),
  argument("CKV2_AWS_16, DynamoDB.1", TABLE, "billing_mode", "PAY_PER_REQUEST", "PROVISIONED"),
];
