import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic/index.js";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy/index.js";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { denyPlainHttp, policyDocument } from "../base/policy.ts";

const CLOUDWATCH = { service: "cloudwatch.amazonaws.com" };

/**
 * Where alarms are told. Encrypted by a key of our own, because AWS's own key for SNS cannot be used by CloudWatch alarms
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services).
 */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { accountId, alarmEmail } = stack.environment;
    const ours = { StringEquals: { "aws:SourceAccount": accountId } };

    const key = new KmsKey(this, "Key", {
      description: "Encrypts alarms on their way to people",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument([
        // without the account itself nobody could ever change or delete the key again
        {
          sid: "AccountAdministers",
          principals: { aws: `arn:aws:iam::${accountId}:root` },
          actions: ["kms:*"],
          resources: ["*"],
        },
        // without a condition, as CloudWatch documents it: who may publish is said by the topic
        {
          sid: "AlarmsEncrypt",
          principals: CLOUDWATCH,
          actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
          resources: ["*"],
        },
      ]),
    });
    new KmsAlias(this, "KeyAlias", { name: `alias/${stack.physicalName("key", "alarms")}`, targetKeyId: key.keyId });
    const topic = new SnsTopic(this, "Topic", {
      name: stack.physicalName("topic", "alarms"),
      displayName: `${stack.environment.prefix} alarms`,
      kmsMasterKeyId: key.arn,
    });
    new SnsTopicPolicy(this, "Policy", {
      arn: topic.arn,
      policy: policyDocument([
        { ...denyPlainHttp("sns", [topic.arn]), actions: ["sns:Publish"] }, // SNS knows no sns:* in a topic's policy
        {
          sid: "AlarmsPublish",
          principals: CLOUDWATCH,
          actions: ["sns:Publish"],
          resources: [topic.arn],
          conditions: ours,
        },
      ]),
    });
    if (alarmEmail !== undefined) {
      new SnsTopicSubscription(this, "Mail", { topicArn: topic.arn, protocol: "email", endpoint: alarmEmail });
    }
    this.arn = topic.arn;
  }
}
