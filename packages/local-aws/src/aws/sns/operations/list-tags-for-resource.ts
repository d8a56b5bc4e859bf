import type { Topics } from "../topics.ts";
import type { FormOperation } from "./form-fields.ts";

export const listTagsForResource =
  (topics: Topics): FormOperation =>
  ({ ResourceArn = "" }, call) => {
    call.authorize("sns:ListTagsForResource", ResourceArn);
    const tags = Object.entries(topics.get(ResourceArn).tags);
    return { Tags: { member: tags.map(([Key, Value]) => ({ Key, Value })) } };
  };
