import { toApiTags } from "../../../gateway/api-tags.ts";
import type { FormOperation } from "../../../gateway/form-fields.ts";
import type { SnsContext } from "./context.ts";

export const listTagsForResource =
  ({ topics }: SnsContext): FormOperation =>
  ({ ResourceArn = "" }, call) => {
    call.authorize("sns:ListTagsForResource", ResourceArn);
    const { tags } = topics.get(ResourceArn);
    return { Tags: { member: toApiTags(tags) } };
  };
