import type { Topics } from "../topics.ts";
import type { FormOperation } from "./form-fields.ts";
import { getSubscriptionAttributes } from "./get-subscription-attributes.ts";
import { getTopicAttributes } from "./get-topic-attributes.ts";
import { listSubscriptions } from "./list-subscriptions.ts";
import { listSubscriptionsByTopic } from "./list-subscriptions-by-topic.ts";
import { listTagsForResource } from "./list-tags-for-resource.ts";
import { listTopics } from "./list-topics.ts";
import { publish } from "./publish.ts";
import { publishBatch } from "./publish-batch.ts";

/** Terraform creates and configures topics and subscriptions; the API publishes and describes them. */
export function snsOperations(topics: Topics): Readonly<Record<string, FormOperation>> {
  return {
    GetSubscriptionAttributes: getSubscriptionAttributes(topics),
    GetTopicAttributes: getTopicAttributes(topics),
    ListSubscriptions: listSubscriptions(topics),
    ListSubscriptionsByTopic: listSubscriptionsByTopic(topics),
    ListTagsForResource: listTagsForResource(topics),
    ListTopics: listTopics(topics),
    Publish: publish(topics),
    PublishBatch: publishBatch(topics),
  };
}
