import { textFor } from "../../aws/sns/message.ts";
import type { SentMessage } from "../../aws/sns/sent-messages.ts";
import type { DashboardSources } from "../sources.ts";
import type { NotificationsView, NotificationView } from "../views.ts";
import { matches, nameInArn, type Page } from "./page.ts";

/** The messages of all topics, and to whom they went or would have gone. */
export function notificationsPage({
  sentMessages,
  records,
}: Pick<DashboardSources, "sentMessages" | "records">): Page<NotificationsView, NotificationView> {
  return {
    read(query) {
      const all = sentMessages.all().map(notificationView);
      return {
        topics: records
          .ofType("aws_sns_topic")
          .map(({ attributes }) => String(attributes.name))
          .sort(),
        notifications: all.filter((notification) => isChosen(query, notification)).reverse(),
      };
    },
    follow(query, add) {
      return sentMessages.follow((sent) => {
        const notification = notificationView(sent);
        if (isChosen(query, notification)) add(notification);
      });
    },
  };
}

export function notificationView({ message, deliveries }: SentMessage): NotificationView {
  return {
    id: message.messageId,
    at: Date.parse(message.timestamp),
    topic: nameInArn(message.topicArn),
    subject: message.subject,
    message: textFor("default", message),
    deliveries,
  };
}

function isChosen(query: URLSearchParams, { topic, subject, message, deliveries }: NotificationView): boolean {
  const chosen = query.get("topic") ?? "";
  const endpoints = deliveries.map(({ endpoint }) => endpoint);
  return (chosen === "" || chosen === topic) && matches(query.get("q"), topic, subject, message, ...endpoints);
}
