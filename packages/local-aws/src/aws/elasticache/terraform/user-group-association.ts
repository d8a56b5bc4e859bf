import { text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Users } from "../users.ts";

export function userGroupAssociationResource(users: Users): ResourceHandler {
  return {
    type: "aws_elasticache_user_group_association",
    create: ({ user_group_id: group, user_id: user }) => ({ id: `${group},${user}` }),
    start: ({ user_group_id: group, user_id: user }) => users.associate(text(group), text(user)),
    delete: ({ user_group_id: group, user_id: user }) => users.dissociate(text(group), text(user)),
  };
}
