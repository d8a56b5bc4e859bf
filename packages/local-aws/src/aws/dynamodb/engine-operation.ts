import type { Call, Operation } from "../../gateway/protocol.ts";
import type { DynamoDbContext } from "./operations/context.ts";
import type { Permissions } from "./permissions.ts";

/** An action that the engine performs after the caller is authorized. */
export function engineOperation({ engine }: DynamoDbContext, action: string, permissions: Permissions): Operation {
  return (input: Readonly<Record<string, unknown>>, call: Call) => {
    for (const [permission, resource] of permissions(input)) call.authorize(permission, resource);
    return engine.call(action, input);
  };
}
