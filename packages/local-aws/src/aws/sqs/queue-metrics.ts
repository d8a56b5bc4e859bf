import type { Clock } from "../../runtime/clock.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import type { MessageQueue, QueueTraffic } from "./message-queue.ts";

const NO_TRAFFIC: QueueTraffic = { sent: 0, received: 0, deleted: 0 };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export class QueueMetrics {
  readonly #clock: Clock;
  readonly #last = new WeakMap<MessageQueue, QueueTraffic>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The state of the queues, and what has happened since the last call. */
  samples(queues: readonly MessageQueue[]): Sample[] {
    return queues.map((queue) => ({
      namespace: "AWS/SQS",
      dimensions: { QueueName: queue.name },
      values: { ...this.#state(queue), ...this.#traffic(queue) },
    }));
  }

  #state(queue: MessageQueue): Sample["values"] {
    const { visible, inFlight, delayed } = queue.counts();
    const oldest = queue.oldestSentAt();
    return {
      ApproximateNumberOfMessagesVisible: visible,
      ApproximateNumberOfMessagesNotVisible: inFlight,
      ApproximateNumberOfMessagesDelayed: delayed,
      ApproximateAgeOfOldestMessage: oldest === undefined ? 0 : Math.floor((this.#clock.now() - oldest) / 1_000),
    };
  }

  #traffic(queue: MessageQueue): Sample["values"] {
    const { traffic } = queue;
    const last = this.#last.get(queue) ?? NO_TRAFFIC;
    this.#last.set(queue, traffic);
    return {
      NumberOfMessagesSent: traffic.sent - last.sent,
      NumberOfMessagesReceived: traffic.received - last.received,
      NumberOfMessagesDeleted: traffic.deleted - last.deleted,
    };
  }
}
