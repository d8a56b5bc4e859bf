import { argument, type Rule } from "./rule.ts";

const WORKGROUP = "aws_athena_workgroup";
const RESULT = "configuration.result_configuration";

export const analyticsRules: readonly Rule[] = [
  argument(
    "CKV_AWS_159, AWS-0006",
    WORKGROUP,
    `${RESULT}.encryption_configuration.encryption_option`,
    (option) => ["SSE_S3", "SSE_KMS", "CSE_KMS"].includes(String(option)),
    "NONE",
  ),
  argument("CKV_AWS_82, AWS-0007", WORKGROUP, "configuration.enforce_workgroup_configuration", true, false),
  argument("Athena.4", WORKGROUP, "configuration.publish_cloudwatch_metrics_enabled", true, false),
  argument(
    "CKV_AWS_240, DataFirehose.1",
    "aws_kinesis_firehose_delivery_stream",
    "server_side_encryption.enabled",
    true,
    false,
  ),
];
