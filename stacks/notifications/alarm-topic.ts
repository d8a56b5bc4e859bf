import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic/index.js";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy/index.js";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { denyPlainHttp, policyDocument } from "../base/policy.ts";

const CLOUDWATCH = { service: "cloudwatch.amazonaws.com" };
const BUDGETS = { service: "budgets.amazonaws.com" };
const COST_ALERTS = { service: "costalerts.amazonaws.com" };

/**
 * The topic of all alarms, of the budget and of unusual costs, with an email subscription where the environment has an
 * address. It has a customer managed key, because CloudWatch alarms cannot use the AWS managed key of SNS:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export class AlarmTopic extends Construct {
  readonly arn: string;
  /** Nobody but the named services may publish without it. */
  readonly policy: SnsTopicPolicy;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { accountId, alarmEmail } = stack.environment;
    // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
    const ofBudgets = {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:aws:budgets::${accountId}:*` },
    };
    // https://docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html
    const ofThisAccount = { StringEquals: { "aws:SourceAccount": accountId } };

    const key = new KmsKey(this, "Key", {
      description: "Encrypts the topic of the alarms",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument([
        // Without this statement nobody could change or delete the key.
        {
          sid: "AdministerKey",
          principals: { aws: `arn:aws:iam::${accountId}:root` },
          actions: ["kms:*"],
          resources: ["*"],
        },
        // Without a condition, as CloudWatch documents it. The policy of the topic limits who may publish.
        {
          sid: "EncryptAlarms",
          principals: CLOUDWATCH,
          actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
          resources: ["*"],
        },
        {
          sid: "EncryptBudgetNotices",
          principals: BUDGETS,
          actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
          resources: ["*"],
          conditions: ofBudgets,
        },
        {
          sid: "EncryptCostAnomalies",
          principals: COST_ALERTS,
          actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
          resources: ["*"],
          conditions: ofThisAccount,
        },
      ]),
    });
    new KmsAlias(this, "KeyAlias", {
      name: `alias/${stack.physicalName("key", "notifications")}`,
      targetKeyId: key.keyId,
    });
    const topic = new SnsTopic(this, "Topic", {
      name: stack.physicalName("topic", "notifications"),
      displayName: `${stack.environment.prefix} alarms`,
      kmsMasterKeyId: key.arn,
    });
    this.policy = new SnsTopicPolicy(this, "Policy", {
      arn: topic.arn,
      policy: policyDocument([
        { ...denyPlainHttp("sns", [topic.arn]), actions: ["sns:Publish"] }, // Topic policies do not support sns:*.
        {
          sid: "PublishAlarms",
          principals: CLOUDWATCH,
          actions: ["sns:Publish"],
          resources: [topic.arn],
          conditions: ofThisAccount,
        },
        {
          sid: "PublishBudgetNotices",
          principals: BUDGETS,
          actions: ["sns:Publish"],
          resources: [topic.arn],
          conditions: ofBudgets,
        },
        {
          sid: "PublishCostAnomalies",
          principals: COST_ALERTS,
          actions: ["sns:Publish"],
          resources: [topic.arn],
          conditions: ofThisAccount,
        },
      ]),
    });
    if (alarmEmail !== undefined) {
      new SnsTopicSubscription(this, "Mail", { topicArn: topic.arn, protocol: "email", endpoint: alarmEmail });
    }
    this.arn = topic.arn;
  }
}
