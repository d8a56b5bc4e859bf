import { optionalText, text } from "../../../provider/attributes.ts";
import type { DataSourceHandler, ResourceHandler } from "../../../provider/resource-handler.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { unsupported } from "../../../runtime/error.ts";
import { configuredOrUniqueName } from "../../../runtime/unique-name.ts";
import { type Topics, topicArn } from "../topics.ts";
import { defaultPolicy } from "./default-policy.ts";

export function topicResource(topics: Topics): ResourceHandler {
  return {
    type: "aws_sns_topic",
    // Standard topics have no message archive.
    identifiers: { computed: { beginning_archive_time: "" } },
    identity: ({ name }) => optionalText(name),
    plan(planned) {
      if (typeof planned.name === "string") planned.arn = topicArn(planned.name);
    },
    create(planned) {
      if (planned.fifo_topic === true) {
        throw unsupported("FIFO topics (fifo_topic = true)", {
          code: "InvalidParameter",
          advice: "Use a standard topic.",
        });
      }
      const name = configuredOrUniqueName(planned.name, planned.name_prefix);
      const arn = topicArn(name);
      return { name, id: arn, arn, owner: ACCOUNT_ID, policy: defaultPolicy(arn) };
    },
    start(attributes) {
      topics.put({
        arn: text(attributes.arn),
        displayName: text(attributes.display_name),
        policy: text(attributes.policy),
        tags: (attributes.tags_all ?? {}) as Record<string, string>,
      });
    },
    read: ({ arn }) => (topics.find(text(arn)) ? {} : null),
    delete: ({ arn }) => topics.delete(text(arn)),
  };
}

export function topicDataSource(topics: Topics): DataSourceHandler {
  return {
    type: "aws_sns_topic",
    read({ name }) {
      const topic = topics.get(topicArn(text(name)));
      return { id: topic.arn, arn: topic.arn, tags: topic.tags };
    },
  };
}
