import { optionalText, text, texts } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Users } from "../users.ts";

export function userGroupResource(users: Users): ResourceHandler {
  return {
    type: "aws_elasticache_user_group",
    identifiers: { arn: "elasticache:*:usergroup:{user_group_id}" },
    identity: ({ user_group_id: id }) => optionalText(id),
    start: ({ user_group_id: id, user_ids: userIds }) => users.putGroup(text(id), texts(userIds)),
    delete: ({ user_group_id: id }) => users.deleteGroup(text(id)),
  };
}
