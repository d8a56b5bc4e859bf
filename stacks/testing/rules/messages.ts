import type { Attributes, SynthesizedStack } from "../synthesize.ts";
import { allowPlainHttp, argument, companion, deniesPlainHttp, get, type Rule } from "./rule.ts";

export const messageRules: readonly Rule[] = [
  argument("CKV_AWS_66", "aws_cloudwatch_log_group", "retention_in_days", (days) => Number(days) > 0, 0),
  argument("CKV_AWS_158, AWS-0017", "aws_cloudwatch_log_group", "kms_key_id", (key) => key !== undefined, undefined),
  argument("CKV_AWS_319", "aws_cloudwatch_metric_alarm", "actions_enabled", true, false),
  {
    ids: "CloudWatch.15",
    type: "aws_cloudwatch_metric_alarm",
    requirement: "has an action, or is in the rule of a composite alarm that has one",
    isMet: ({ stack, attributes }) =>
      hasAction(attributes) || compositesOf(stack, attributes).some((composite) => hasAction(composite)),
    mutations: [
      ({ stack, attributes }) => {
        for (const alarm of [attributes, ...compositesOf(stack, attributes)]) alarm.alarm_actions = [];
      },
      ({ stack, attributes }) => {
        for (const composite of compositesOf(stack, attributes)) composite.alarm_rule = "FALSE";
        attributes.alarm_actions = undefined;
      },
    ],
  },
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

function hasAction({ alarm_actions }: Attributes): boolean {
  return get(alarm_actions, [0]) !== undefined;
}

/** The composite alarms whose rule has the alarm. */
function compositesOf(stack: SynthesizedStack, { alarm_name }: Attributes): Attributes[] {
  return Object.values(stack.resource.aws_cloudwatch_composite_alarm ?? {}).filter(({ alarm_rule }) =>
    String(alarm_rule).includes(`ALARM("${alarm_name}")`),
  );
}
