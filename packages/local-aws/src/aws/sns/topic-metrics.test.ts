import { expect, it } from "vitest";
import { publishDeliveries } from "./topic-metrics.ts";
import { topicArn } from "./topics.ts";

it("counts the message and its notifications", () => {
  const published: unknown[] = [];
  const delivery = { protocol: "sqs", endpoint: "queue" };
  publishDeliveries(
    { put: (...metric) => void published.push(metric) },
    {
      message: { messageId: "1", topicArn: topicArn("alarms"), timestamp: "", message: "disk full" },
      deliveries: [
        { ...delivery, outcome: "delivered" },
        { ...delivery, outcome: "delivered" },
        { ...delivery, outcome: "failed" },
        { ...delivery, outcome: "unconfirmed" },
      ],
    },
  );
  expect(published).toEqual([
    [
      "AWS/SNS",
      { TopicName: "alarms" },
      {
        NumberOfMessagesPublished: 1,
        NumberOfNotificationsDelivered: 2,
        NumberOfNotificationsFailed: 1,
        NumberOfNotificationsFilteredOut: 0,
      },
    ],
  ]);
});
