import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { MessageQueue } from "../message-queue.ts";
import type { SqsContext } from "./context.ts";

interface Input {
  readonly QueueUrl?: string;
  readonly AttributeNames?: readonly string[];
}

/** Attributes of FIFO queues: valid names, for which a standard queue has no value. */
const FIFO_ATTRIBUTES = ["FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"];

export const getQueueAttributes =
  ({ queues }: SqsContext) =>
  ({ QueueUrl, AttributeNames = [] }: Input, call: Call): object => {
    const queue = queues.byUrl(QueueUrl);
    call.authorize("sqs:GetQueueAttributes", queue.arn);
    const attributes = attributesOf(queue);
    const unknown = AttributeNames.find(
      (name) => name !== "All" && !(name in attributes) && !FIFO_ATTRIBUTES.includes(name),
    );
    if (unknown !== undefined) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
    const chosen = Object.entries(attributes).filter(
      ([name, value]) => value !== "" && (AttributeNames.includes("All") || AttributeNames.includes(name)),
    );
    return { Attributes: Object.fromEntries(chosen) };
  };

/** All attributes; empty when the queue has no value. */
function attributesOf(queue: MessageQueue): Record<string, string> {
  const { visible, inFlight, delayed } = queue.counts();
  const { settings } = queue;
  const createdAt = String(Math.floor(queue.createdAt / 1000));
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: createdAt,
    LastModifiedTimestamp: createdAt,
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    MaximumMessageSize: String(settings.maximumMessageBytes),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    DelaySeconds: String(settings.delaySeconds),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveWaitSeconds),
    SqsManagedSseEnabled: String(settings.kmsMasterKeyId === undefined),
    KmsMasterKeyId: settings.kmsMasterKeyId ?? "",
    KmsDataKeyReusePeriodSeconds: settings.kmsMasterKeyId === undefined ? "" : "300",
    Policy: queue.policy,
    RedrivePolicy: queue.redrivePolicy,
    RedriveAllowPolicy: queue.redriveAllowPolicy,
  };
}
