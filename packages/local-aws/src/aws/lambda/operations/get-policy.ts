import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { authorizedFunction } from "../authorized-function.ts";
import { functionArn } from "../configuration.ts";
import { functionNotFound } from "../function-registry.ts";
import type { Permission } from "../permissions.ts";
import type { LambdaContext } from "./context.ts";

export const getPolicy =
  ({ registry, permissions }: Pick<LambdaContext, "registry" | "permissions">) =>
  (input: RestInput, call: Call): object => {
    const { configuration, qualifier, invokedArn } = authorizedFunction(registry, input, call, "lambda:GetPolicy");
    const statements = permissions.of(configuration.functionName, qualifier);
    if (statements.length === 0) throw functionNotFound(invokedArn);
    return { Policy: JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements.map(describe) }) };
  };

function describe(permission: Permission): object {
  const { functionName, qualifier, statementId, action, principal, sourceArn, sourceAccount } = permission;
  return {
    Sid: statementId,
    Effect: "Allow",
    Principal: principal === "*" ? "*" : { [principal.includes(".") ? "Service" : "AWS"]: principal },
    Action: action,
    Resource: functionArn(functionName, qualifier),
    ...((sourceArn !== undefined || sourceAccount !== undefined) && {
      Condition: {
        ...(sourceArn !== undefined && { ArnLike: { "AWS:SourceArn": sourceArn } }),
        ...(sourceAccount !== undefined && { StringEquals: { "AWS:SourceAccount": sourceAccount } }),
      },
    }),
  };
}
