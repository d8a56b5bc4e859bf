import { allowPlainHttp, argument, companion, deniesPlainHttp, get, type Rule } from "./rule.ts";

export const messageRules: readonly Rule[] = [
  argument("CKV_AWS_66", "aws_cloudwatch_log_group", "retention_in_days", (days) => Number(days) > 0, 0),
  argument("CKV_AWS_158, AWS-0017", "aws_cloudwatch_log_group", "kms_key_id", (key) => key !== undefined, undefined),
  argument("CKV_AWS_319", "aws_cloudwatch_metric_alarm", "actions_enabled", true, false),
  argument(
    "CloudWatch.15",
    "aws_cloudwatch_metric_alarm",
    "alarm_actions",
    (actions) => get(actions, [0]) !== undefined,
    [],
  ),
  argument("CKV_AWS_27, AWS-0096, SQS.1", "aws_sqs_queue", "sqs_managed_sse_enabled", true, false),
  argument("AwsSolutions-SQS3", "aws_sqs_queue", "redrive_policy", (policy) => policy !== undefined, undefined),
  companion("AwsSolutions-SQS4", "aws_sqs_queue", "aws_sqs_queue_policy", "queue_url", deniesPlainHttp, allowPlainHttp),
  argument("CKV_AWS_26, AWS-0095, SNS.1", "aws_sns_topic", "kms_master_key_id", (key) => key !== undefined, undefined),
  companion("AwsSolutions-SNS3", "aws_sns_topic", "aws_sns_topic_policy", "arn", deniesPlainHttp, allowPlainHttp),
  argument("CKV_AWS_233, AWS-ACM", "aws_acm_certificate", "lifecycle.create_before_destroy", true, false),
  argument(
    "CKV2_AWS_71",
    "aws_acm_certificate",
    "domain_name",
    (name) => name !== undefined && !String(name).includes("*"),
    "*.example.com",
  ),
];
