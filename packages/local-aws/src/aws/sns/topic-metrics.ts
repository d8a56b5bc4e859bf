import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import type { SentMessage, SubscriptionDelivery } from "./sent-messages.ts";

/** Publishes what happened to a message. https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html */
export function publishDeliveries(metrics: MetricSink, { message, deliveries }: SentMessage): void {
  const TopicName = message.topicArn.split(":").at(-1) ?? "";
  const count = (outcome: SubscriptionDelivery["outcome"]): number =>
    deliveries.filter((delivery) => delivery.outcome === outcome).length;
  metrics.put(
    "AWS/SNS",
    { TopicName },
    {
      NumberOfMessagesPublished: 1,
      NumberOfNotificationsDelivered: count("delivered"),
      NumberOfNotificationsFailed: count("failed"),
      NumberOfNotificationsFilteredOut: count("filtered"),
    },
  );
}
