import type { Call, Operation } from "../../gateway/protocol.ts";
import { callMeasured } from "./consumed-capacity.ts";
import { conditionKeys, indexOf } from "./item-request.ts";
import type { DynamoDbContext } from "./operations/context.ts";
import type { Permissions } from "./permissions.ts";

/** An action that the engine performs after the caller is authorized. */
export function engineOperation(
  { engine, keys, metrics }: DynamoDbContext,
  action: string,
  permissions: Permissions,
): Operation {
  return async (input: Readonly<Record<string, unknown>>, call: Call) => {
    for (const { action: permission, resource, request } of permissions(input)) {
      // The account's own key is allowed everything.
      const context =
        request && call.caller.kind === "role"
          ? conditionKeys(request, await keys.partitionKey(request.table, indexOf(request)))
          : undefined;
      call.authorize(permission, resource, context);
    }
    return callMeasured(engine, metrics, action, input);
  };
}
