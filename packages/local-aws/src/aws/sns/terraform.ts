import { randomUUID } from "node:crypto";
import { optionalText, text } from "../../provider/attributes.ts";
import type { Attributes, ResourceHandler, TerraformParts } from "../../provider/resource.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { givenOrUniqueName } from "../../runtime/unique-name.ts";
import { parseEventPattern } from "../events/event-pattern.ts";
import { isPending, type Subscription } from "./subscription.ts";
import { type Topics, topicArnOf } from "./topics.ts";

/** Topics, their policies and subscriptions as Terraform resources. */
export function snsTerraform(topics: Topics): TerraformParts {
  return {
    resources: [topicHandler(topics), topicPolicyHandler(topics), subscriptionHandler(topics)],
    dataSources: [
      {
        type: "aws_sns_topic",
        read({ name }) {
          const topic = topics.get(topicArnOf(text(name)));
          return { id: topic.arn, arn: topic.arn, tags: topic.tags };
        },
      },
    ],
  };
}

function topicHandler(topics: Topics): ResourceHandler {
  return {
    type: "aws_sns_topic",
    identifiers: { computed: { beginning_archive_time: "" } }, // The topic archives nothing.
    identity: ({ name }) => optionalText(name),
    plan(planned) {
      if (typeof planned.name === "string") planned.arn = topicArnOf(planned.name);
    },
    create(planned) {
      if (planned.fifo_topic === true) {
        throw new AwsError("InvalidParameter", "The local stand-in does not support FIFO topics (fifo_topic = true).");
      }
      const name = givenOrUniqueName(planned.name, planned.name_prefix);
      const arn = topicArnOf(name);
      return { name, id: arn, arn, owner: ACCOUNT_ID, policy: defaultPolicy(arn) };
    },
    start(attributes) {
      const arn = text(attributes.arn);
      topics.put({
        arn,
        displayName: text(attributes.display_name),
        policy: text(attributes.policy),
        tags: (attributes.tags_all ?? {}) as Record<string, string>,
      });
    },
    read: ({ arn }) => (topics.find(text(arn)) ? {} : null),
    delete: ({ arn }) => topics.delete(text(arn)),
  };
}

function topicPolicyHandler(topics: Topics): ResourceHandler {
  return {
    type: "aws_sns_topic_policy",
    create: ({ arn }) => ({ id: topics.get(text(arn)).arn, owner: ACCOUNT_ID }),
    start({ arn, policy }) {
      const topic = topics.find(text(arn));
      if (topic) topic.policy = text(policy);
    },
    read: ({ arn }) => (topics.find(text(arn)) ? {} : null),
    delete({ arn }) {
      const topic = topics.find(text(arn));
      if (topic) topic.policy = defaultPolicy(topic.arn);
    },
  };
}

function subscriptionHandler(topics: Topics): ResourceHandler {
  return {
    type: "aws_sns_topic_subscription",
    create(planned) {
      const topic = topics.get(text(planned.topic_arn));
      const subscription = subscriptionOf({ ...planned, arn: `${topic.arn}:${randomUUID()}` });
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
      const { filterPolicy, filterPolicyScope } = subscriptionOf(planned);
      if (filterPolicy !== undefined) parseEventPattern(filterPolicy);
      return { filter_policy_scope: filterPolicy === undefined ? "" : filterPolicyScope };
    },
    start: (attributes) => topics.subscribe(subscriptionOf(attributes)),
    read: ({ arn }) => (topics.findSubscription(text(arn)) ? {} : null),
    delete: ({ arn }) => topics.unsubscribe(text(arn)),
  };
}

function subscriptionOf(attributes: Attributes): Subscription {
  const redrivePolicy = optionalText(attributes.redrive_policy);
  return {
    arn: text(attributes.arn),
    topicArn: text(attributes.topic_arn),
    protocol: text(attributes.protocol),
    endpoint: text(attributes.endpoint),
    raw: attributes.raw_message_delivery === true,
    filterPolicy: optionalText(attributes.filter_policy),
    filterPolicyScope: attributes.filter_policy_scope === "MessageBody" ? "MessageBody" : "MessageAttributes",
    deadLetterTargetArn: redrivePolicy === undefined ? undefined : deadLetterTarget(redrivePolicy),
  };
}

function deadLetterTarget(redrivePolicy: string): string | undefined {
  return (JSON.parse(redrivePolicy) as { deadLetterTargetArn?: string }).deadLetterTargetArn;
}

/** What SNS gives a topic: everything to its own account. https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html */
function defaultPolicy(topicArn: string): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: topicArn,
        Condition: { StringEquals: { "AWS:SourceOwner": ACCOUNT_ID } },
      },
    ],
  });
}
