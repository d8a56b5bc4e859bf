import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy/index.js";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { denyPlainHttp, policyDocument } from "../base/policy.ts";

export interface AlarmQueueProps {
  readonly topicArn: string;
  /** In seconds, of the function that processes the messages. */
  readonly functionTimeout: number;
}

/** The maximum of SQS, to leave time for an investigation. */
const DEAD_LETTER_RETENTION_SECONDS = 14 * 24 * 3600;

/** The queue between the topic of the alarms and the notifier, with its dead-letter queue. */
export class AlarmQueue extends Construct {
  readonly queue: SqsQueue;
  readonly deadLetters: SqsQueue;

  constructor(scope: Construct, id: string, { topicArn, functionTimeout }: AlarmQueueProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    this.deadLetters = new SqsQueue(this, "DeadLetters", {
      name: stack.physicalName("queue", "notifications-dead"),
      messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
      sqsManagedSseEnabled: true,
    });
    this.queue = new SqsQueue(this, "Queue", {
      name: stack.physicalName("queue", "notifications"),
      // Only after a crash: the function sets the time of each retry itself. AWS recommends six times the timeout:
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeoutSeconds: 6 * functionTimeout,
      messageRetentionSeconds: 4 * 24 * 3600,
      receiveWaitTimeSeconds: 20,
      sqsManagedSseEnabled: true,
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: this.deadLetters.arn,
        maxReceiveCount: stack.environment.notifications.maxReceives,
      }),
    });
    this.#allow(topicArn);
  }

  #allow(topicArn: string): void {
    new SqsQueueRedriveAllowPolicy(this, "DeadLettersOf", {
      queueUrl: this.deadLetters.url,
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [this.queue.arn] }),
    });
    new SqsQueuePolicy(this, "DeadLettersPolicy", {
      queueUrl: this.deadLetters.url,
      policy: policyDocument([denyPlainHttp("sqs", [this.deadLetters.arn])]),
    });
    const policy = new SqsQueuePolicy(this, "Policy", {
      queueUrl: this.queue.url,
      policy: policyDocument([
        denyPlainHttp("sqs", [this.queue.arn]),
        {
          sid: "SendAlarms",
          principals: { service: "sns.amazonaws.com" },
          actions: ["sqs:SendMessage"],
          resources: [this.queue.arn],
          conditions: { ArnEquals: { "aws:SourceArn": topicArn } },
        },
      ]),
    });
    new SnsTopicSubscription(this, "Subscription", {
      topicArn,
      protocol: "sqs",
      endpoint: this.queue.arn,
      rawMessageDelivery: true,
      dependsOn: [policy], // Messages that arrive before it are lost.
    });
  }
}
