import { randomUUID } from "node:crypto";
import { parseEventPattern } from "../../../delivery/event-pattern.ts";
import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { isPending, type Subscription } from "../subscription.ts";
import type { Topics } from "../topics.ts";

export function topicSubscriptionResource(topics: Topics): ResourceHandler {
  return {
    type: "aws_sns_topic_subscription",
    create(planned) {
      const topic = topics.get(text(planned.topic_arn));
      const subscription = toSubscription({ ...planned, arn: `${topic.arn}:${randomUUID()}` });
      if (subscription.filterPolicy !== undefined) parseEventPattern(subscription.filterPolicy);
      return {
        id: subscription.arn,
        arn: subscription.arn,
        owner_id: ACCOUNT_ID,
        pending_confirmation: isPending(subscription),
        confirmation_was_authenticated: !isPending(subscription),
        filter_policy_scope: subscription.filterPolicy === undefined ? "" : subscription.filterPolicyScope,
      };
    },
    update(planned) {
      const { filterPolicy, filterPolicyScope } = toSubscription(planned);
      if (filterPolicy !== undefined) parseEventPattern(filterPolicy);
      return { filter_policy_scope: filterPolicy === undefined ? "" : filterPolicyScope };
    },
    start: (attributes) => topics.subscribe(toSubscription(attributes)),
    read: ({ arn }) => (topics.findSubscription(text(arn)) ? {} : null),
    delete: ({ arn }) => topics.unsubscribe(text(arn)),
  };
}

function toSubscription(attributes: Attributes): Subscription {
  const redrivePolicy = optionalText(attributes.redrive_policy);
  return {
    arn: text(attributes.arn),
    topicArn: text(attributes.topic_arn),
    protocol: text(attributes.protocol),
    endpoint: text(attributes.endpoint),
    rawDelivery: attributes.raw_message_delivery === true,
    filterPolicy: optionalText(attributes.filter_policy),
    filterPolicyScope: attributes.filter_policy_scope === "MessageBody" ? "MessageBody" : "MessageAttributes",
    deadLetterTargetArn: redrivePolicy === undefined ? undefined : deadLetterTarget(redrivePolicy),
  };
}

function deadLetterTarget(redrivePolicy: string): string | undefined {
  return (JSON.parse(redrivePolicy) as { deadLetterTargetArn?: string }).deadLetterTargetArn;
}
