import type { FormOperation } from "../../../gateway/form-fields.ts";
import { paginate } from "../../../gateway/paginate.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { topicArn } from "../topics.ts";
import type { SnsContext } from "./context.ts";

export const listTopics =
  ({ topics }: SnsContext): FormOperation =>
  ({ NextToken }, call) => {
    call.authorize("sns:ListTopics", topicArn("*"));
    const { page, next } = paginate(topics.all(), { maximum: PAGE_SIZE, token: NextToken });
    return { Topics: { member: page.map(({ arn }) => ({ TopicArn: arn })) }, NextToken: next };
  };
