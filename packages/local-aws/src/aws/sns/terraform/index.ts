import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { Topics } from "../topics.ts";
import { topicDataSource, topicResource } from "./topic.ts";
import { topicPolicyResource } from "./topic-policy.ts";
import { topicSubscriptionResource } from "./topic-subscription.ts";

export function snsTerraform(topics: Topics): TerraformParts {
  return {
    resources: [topicResource(topics), topicPolicyResource(topics), topicSubscriptionResource(topics)],
    dataSources: [topicDataSource(topics)],
  };
}
