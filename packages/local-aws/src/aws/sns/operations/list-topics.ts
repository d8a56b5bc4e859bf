import { paginate } from "../../../gateway/paginate.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { type Topics, topicArn } from "../topics.ts";
import type { FormOperation } from "./form-fields.ts";

export const listTopics =
  (topics: Topics): FormOperation =>
  ({ NextToken }, call) => {
    call.authorize("sns:ListTopics", topicArn("*"));
    const { page, next } = paginate(topics.all(), { maximum: PAGE_SIZE, token: NextToken });
    return { Topics: { member: page.map(({ arn }) => ({ TopicArn: arn })) }, NextToken: next };
  };
