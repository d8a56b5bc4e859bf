import type { Attributes, ResourceHandler } from "../../../provider/resource.ts";
import type { CacheUser, Users } from "../users.ts";

export function userHandler(users: Users): ResourceHandler {
  return {
    type: "aws_elasticache_user",
    identifiers: { arn: "elasticache:*:user:{user_id}" },
    identity: ({ user_id: id }) => (typeof id === "string" ? id : undefined),
    start: (attributes) => users.put(userOf(attributes)),
    delete: ({ user_id: id }) => users.delete(String(id)),
  };
}

export function userGroupHandler(users: Users): ResourceHandler {
  return {
    type: "aws_elasticache_user_group",
    identifiers: { arn: "elasticache:*:usergroup:{user_group_id}" },
    identity: ({ user_group_id: id }) => (typeof id === "string" ? id : undefined),
    start: ({ user_group_id: id, user_ids: userIds }) => users.putGroup(String(id), (userIds ?? []) as string[]),
    delete: ({ user_group_id: id }) => users.deleteGroup(String(id)),
  };
}

export function userGroupAssociationHandler(users: Users): ResourceHandler {
  return {
    type: "aws_elasticache_user_group_association",
    create: ({ user_group_id: group, user_id: user }) => ({ id: `${group},${user}` }),
    start: ({ user_group_id: group, user_id: user }) => users.associate(String(group), String(user)),
    delete: ({ user_group_id: group, user_id: user }) => users.dissociate(String(group), String(user)),
  };
}

function userOf(attributes: Attributes): CacheUser {
  const [mode] = (attributes.authentication_mode ?? []) as Attributes[];
  const type = attributes.no_password_required === true ? "no-password-required" : (mode?.type ?? "password");
  return {
    userId: String(attributes.user_id),
    userName: String(attributes.user_name),
    authentication: type as CacheUser["authentication"],
    passwords: [attributes.passwords, mode?.passwords].flatMap((passwords) => (passwords ?? []) as string[]),
  };
}
