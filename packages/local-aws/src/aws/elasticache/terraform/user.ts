import { block, optionalText, text, texts } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { CacheUser, Users } from "../users.ts";

export function userResource(users: Users): ResourceHandler {
  return {
    type: "aws_elasticache_user",
    identifiers: { arn: "elasticache:*:user:{user_id}" },
    identity: ({ user_id: id }) => optionalText(id),
    start: (attributes) => users.put(userOf(attributes)),
    delete: ({ user_id: id }) => users.delete(text(id)),
  };
}

function userOf(attributes: Attributes): CacheUser {
  const mode = block(attributes.authentication_mode);
  const type = attributes.no_password_required === true ? "no-password-required" : (mode.type ?? "password");
  return {
    id: text(attributes.user_id),
    name: text(attributes.user_name),
    arn: text(attributes.arn),
    authentication: type as CacheUser["authentication"],
    passwords: [...texts(attributes.passwords), ...texts(mode.passwords)],
  };
}
