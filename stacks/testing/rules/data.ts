import { argument, get, type Rule } from "./rule.ts";

const DATABASE = "aws_db_instance";
const CACHE = "aws_elasticache_replication_group";

const atLeast = (minimum: number) => (value: unknown) => Number(value) >= minimum;

export const databaseRules: readonly Rule[] = [
  argument("CKV_AWS_16, AWS-0080, RDS.3", DATABASE, "storage_encrypted", true, false),
  argument("CKV_AWS_17, AWS-0180, RDS.2", DATABASE, "publicly_accessible", false, true),
  argument("CKV_AWS_157, RDS.5", DATABASE, "multi_az", true, false),
  argument("CKV_AWS_133, AWS-0077, RDS.11", DATABASE, "backup_retention_period", atLeast(7), 1),
  argument("CKV_AWS_293, AWS-0177, RDS.8", DATABASE, "deletion_protection", true, false),
  argument("CKV_AWS_161, AWS-0176, RDS.10", DATABASE, "iam_database_authentication_enabled", true, false),
  argument("CKV_AWS_226, RDS.13", DATABASE, "auto_minor_version_upgrade", true, false),
  argument(
    "CKV_AWS_129, RDS.9, RDS.36",
    DATABASE,
    "enabled_cloudwatch_logs_exports",
    (logs) => Array.isArray(logs) && logs.includes("postgresql") && logs.includes("upgrade"),
    ["postgresql"],
  ),
  argument("CKV_AWS_118, RDS.6", DATABASE, "monitoring_interval", atLeast(1), 0),
  argument("CKV_AWS_118, RDS.6", DATABASE, "monitoring_role_arn", (role) => role !== undefined, undefined),
  argument("CKV_AWS_353, AWS-0133", DATABASE, "performance_insights_enabled", true, false),
  argument("CKV2_AWS_60, RDS.17", DATABASE, "copy_tags_to_snapshot", true, false),
  argument(
    "CKV_AWS_211",
    DATABASE,
    "ca_cert_identifier",
    (authority) => String(authority).startsWith("rds-ca-") && authority !== "rds-ca-2019",
    "rds-ca-2019",
  ),
  argument(
    "RDS.25",
    DATABASE,
    "username",
    (user) => user !== undefined && user !== "postgres" && user !== "admin",
    "postgres",
  ),
  argument("AwsSolutions-RDS11, RDS.23", DATABASE, "port", (port) => port !== undefined && port !== 5432, 5432),
  argument("none: no password in plan or state", DATABASE, "manage_master_user_password", true, false),
  ...["rds.force_ssl=1", "log_statement=ddl", "log_min_duration_statement=1000"].map((setting) =>
    argument(
      "CKV2_AWS_69, CKV2_AWS_30",
      "aws_db_parameter_group",
      "parameter",
      (parameters) => Array.isArray(parameters) && parameters.some(({ name, value }) => `${name}=${value}` === setting),
      [{ name: "rds.force_ssl", value: "0" }],
    ),
  ),
];

export const cacheRules: readonly Rule[] = [
  argument("CKV_AWS_29, AWS-0045, ElastiCache.4", CACHE, "at_rest_encryption_enabled", "true", "false"),
  argument("CKV_AWS_30, AWS-0051, ElastiCache.5", CACHE, "transit_encryption_enabled", true, false),
  argument("CKV_AWS_30, ElastiCache.5", CACHE, "transit_encryption_mode", "required", "preferred"),
  argument("CKV_AWS_31, ElastiCache.6", CACHE, "user_group_ids", (groups) => get(groups, [0]) !== undefined, []),
  argument("CKV2_AWS_50, ElastiCache.3", CACHE, "automatic_failover_enabled", true, false),
  argument("CKV2_AWS_50", CACHE, "multi_az_enabled", true, false),
  argument("CKV_AWS_134, AWS-0050, ElastiCache.1", CACHE, "snapshot_retention_limit", atLeast(1), 0),
  argument("ElastiCache.2", CACHE, "auto_minor_version_upgrade", "true", "false"),
  argument(
    "CKV_AWS_323, ElastiCache.7",
    CACHE,
    "subnet_group_name",
    (name) => name !== undefined && name !== "default",
    "default",
  ),
  argument("AwsSolutions-AEC5", CACHE, "port", (port) => port !== undefined && port !== 6379, 6379),
];
