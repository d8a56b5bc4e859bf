import type { Clock } from "../../runtime/clock.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import type { MessageQueue } from "./message-queue.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export function queueSamples(queues: readonly MessageQueue[], clock: Clock): Sample[] {
  return queues.map((queue) => {
    const { visible, inFlight, delayed } = queue.counts();
    const oldest = queue.oldestSentAt();
    return {
      namespace: "AWS/SQS",
      dimensions: { QueueName: queue.name },
      values: {
        ApproximateNumberOfMessagesVisible: visible,
        ApproximateNumberOfMessagesNotVisible: inFlight,
        ApproximateNumberOfMessagesDelayed: delayed,
        ApproximateAgeOfOldestMessage: oldest === undefined ? 0 : Math.floor((clock.now() - oldest) / 1_000),
      },
    };
  });
}
