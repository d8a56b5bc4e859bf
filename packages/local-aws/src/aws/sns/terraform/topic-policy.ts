import { text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import type { Topics } from "../topics.ts";
import { defaultPolicy } from "./default-policy.ts";

export function topicPolicyResource(topics: Topics): ResourceHandler {
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
