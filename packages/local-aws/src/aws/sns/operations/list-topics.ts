import { type Topics, topicArn } from "../topics.ts";
import type { FormOperation } from "./form-fields.ts";
import { page } from "./page.ts";

export const listTopics =
  (topics: Topics): FormOperation =>
  ({ NextToken }, call) => {
    call.authorize("sns:ListTopics", topicArn("*"));
    const { items, next } = page(topics.all(), NextToken);
    return { Topics: { member: items.map(({ arn }) => ({ TopicArn: arn })) }, NextToken: next };
  };
