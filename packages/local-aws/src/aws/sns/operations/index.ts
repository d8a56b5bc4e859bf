import type { FormOperation } from "../../../gateway/form-fields.ts";
import type { SnsContext } from "./context.ts";
import { getSubscriptionAttributes } from "./get-subscription-attributes.ts";
import { getTopicAttributes } from "./get-topic-attributes.ts";
import { listSubscriptions } from "./list-subscriptions.ts";
import { listSubscriptionsByTopic } from "./list-subscriptions-by-topic.ts";
import { listTagsForResource } from "./list-tags-for-resource.ts";
import { listTopics } from "./list-topics.ts";
import { publish } from "./publish.ts";
import { publishBatch } from "./publish-batch.ts";

/** Terraform creates and configures topics and subscriptions; the API publishes and describes them. */
export function snsOperations(context: SnsContext): Readonly<Record<string, FormOperation>> {
  return {
    GetSubscriptionAttributes: getSubscriptionAttributes(context),
    GetTopicAttributes: getTopicAttributes(context),
    ListSubscriptions: listSubscriptions(context),
    ListSubscriptionsByTopic: listSubscriptionsByTopic(context),
    ListTagsForResource: listTagsForResource(context),
    ListTopics: listTopics(context),
    Publish: publish(context),
    PublishBatch: publishBatch(context),
  };
}
