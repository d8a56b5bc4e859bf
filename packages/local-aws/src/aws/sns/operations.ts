import type { Call } from "../../gateway/protocol.ts";
import { asAwsError } from "../../gateway/protocol.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import type { MessageAttribute, MessageAttributes } from "../sqs/consumer.ts";
import { invalidParameter, type Publication } from "./message.ts";
import { isPending, type Subscription } from "./subscription.ts";
import { type Topics, topicArnOf } from "./topics.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const MAX_BATCH_ENTRIES = 10;
/** https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html: 100 an answer. */
const MAX_LISTED = 100;

/** Form fields as they came. */
type Form = Readonly<Record<string, string>>;

/** The actions of SNS, by AWS's names. Topics and subscriptions are made and changed by Terraform alone. */
export function snsOperations(topics: Topics): Readonly<Record<string, (input: Form, call: Call) => unknown>> {
  const subscriptionPage = (subscriptions: readonly Subscription[], { NextToken }: Form) => {
    const { page, next } = paginate(subscriptions, NextToken);
    return { Subscriptions: { member: page.map(describe) }, NextToken: next };
  };
  return {
    async Publish(input, call) {
      const topicArn = input.TopicArn ?? input.TargetArn;
      if (topicArn === undefined) throw invalidParameter("the stand-in publishes to topics only (TopicArn)");
      call.authorize("sns:Publish", topicArn);
      return { MessageId: await topics.publish(topicArn, publicationOf(input, "")) };
    },
    async PublishBatch(input, call) {
      const { TopicArn = "" } = input;
      call.authorize("sns:Publish", TopicArn);
      topics.get(TopicArn);
      const entries = members(input, "PublishBatchRequestEntries.member");
      if (entries.length === 0 || entries.length > MAX_BATCH_ENTRIES) {
        throw invalidParameter(`PublishBatchRequestEntries must have 1 to ${MAX_BATCH_ENTRIES} entries`);
      }
      const Successful: object[] = [];
      const Failed: object[] = [];
      for (const prefix of entries) {
        const Id = input[`${prefix}Id`];
        try {
          Successful.push({ Id, MessageId: await topics.publish(TopicArn, publicationOf(input, prefix)) });
        } catch (error) {
          const { code, message } = asAwsError(error);
          Failed.push({ Id, Code: code, Message: message, SenderFault: true });
        }
      }
      return { Successful: { member: Successful }, Failed: { member: Failed } };
    },
    ListTopics({ NextToken }, call) {
      call.authorize("sns:ListTopics", topicArnOf("*"));
      const { page, next } = paginate(topics.all(), NextToken);
      return { Topics: { member: page.map(({ arn }) => ({ TopicArn: arn })) }, NextToken: next };
    },
    ListSubscriptions(input, call) {
      call.authorize("sns:ListSubscriptions", topicArnOf("*"));
      return subscriptionPage(topics.subscriptions(), input);
    },
    ListSubscriptionsByTopic(input, call) {
      const { TopicArn = "" } = input;
      call.authorize("sns:ListSubscriptionsByTopic", TopicArn);
      const topic = topics.get(TopicArn);
      const subscriptions = topics.subscriptions().filter(({ topicArn }) => topicArn === topic.arn);
      return subscriptionPage(subscriptions, input);
    },
    GetTopicAttributes({ TopicArn = "" }, call) {
      call.authorize("sns:GetTopicAttributes", TopicArn);
      const { arn, displayName, policy } = topics.get(TopicArn);
      const own = topics.subscriptions().filter(({ topicArn }) => topicArn === arn);
      return attributes({
        TopicArn: arn,
        Owner: ACCOUNT_ID,
        DisplayName: displayName,
        Policy: policy,
        SubscriptionsConfirmed: String(own.filter((subscription) => !isPending(subscription)).length),
        SubscriptionsPending: String(own.filter(isPending).length),
        SubscriptionsDeleted: "0",
      });
    },
    GetSubscriptionAttributes({ SubscriptionArn = "" }, call) {
      call.authorize("sns:GetSubscriptionAttributes", SubscriptionArn);
      const subscription = topics.getSubscription(SubscriptionArn);
      return attributes({
        SubscriptionArn: subscription.arn,
        TopicArn: subscription.topicArn,
        Owner: ACCOUNT_ID,
        Protocol: subscription.protocol,
        Endpoint: subscription.endpoint,
        PendingConfirmation: String(isPending(subscription)),
        RawMessageDelivery: String(subscription.raw),
        ...(subscription.filterPolicy !== undefined && {
          FilterPolicy: subscription.filterPolicy,
          FilterPolicyScope: subscription.filterPolicyScope,
        }),
      });
    },
    ListTagsForResource({ ResourceArn = "" }, call) {
      call.authorize("sns:ListTagsForResource", ResourceArn);
      const tags = Object.entries(topics.get(ResourceArn).tags);
      return { Tags: { member: tags.map(([Key, Value]) => ({ Key, Value })) } };
    },
  };
}

function describe(subscription: Subscription) {
  return {
    SubscriptionArn: isPending(subscription) ? "PendingConfirmation" : subscription.arn,
    Owner: ACCOUNT_ID,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    TopicArn: subscription.topicArn,
  };
}

function attributes(values: Readonly<Record<string, string>>) {
  return { Attributes: { entry: Object.entries(values).map(([key, value]) => ({ key, value })) } };
}

/** @param prefix of the fields: empty, or that of a batch's entry. */
function publicationOf(input: Form, prefix: string): Publication {
  return {
    message: input[`${prefix}Message`] ?? "",
    subject: input[`${prefix}Subject`],
    attributes: messageAttributes(input, `${prefix}MessageAttributes.entry`),
    perProtocol: input[`${prefix}MessageStructure`] === "json",
  };
}

function messageAttributes(input: Form, list: string): MessageAttributes {
  const entries = members(input, list).map((prefix): [string, MessageAttribute] => {
    const stringValue = input[`${prefix}Value.StringValue`];
    const binaryValue = input[`${prefix}Value.BinaryValue`];
    return [
      input[`${prefix}Name`] ?? "",
      {
        dataType: input[`${prefix}Value.DataType`] ?? "String",
        ...(stringValue !== undefined && { stringValue }),
        ...(binaryValue !== undefined && { binaryValue }),
      },
    ];
  });
  return Object.fromEntries(entries);
}

/** The prefixes of a list's members that are there: `<list>.1.`, `<list>.2.`, … */
function members(input: Form, list: string): string[] {
  const names = Object.keys(input);
  const found: string[] = [];
  for (
    let prefix = `${list}.1.`;
    names.some((name) => name.startsWith(prefix));
    prefix = `${list}.${found.length + 1}.`
  ) {
    found.push(prefix);
  }
  return found;
}

/** The token is the number of items before the page. */
function paginate<Item>(items: readonly Item[], token: string | undefined) {
  const start = Number(token ?? 0);
  const end = start + MAX_LISTED;
  return { page: items.slice(start, end), next: end < items.length ? String(end) : undefined };
}
