import { randomUUID } from "node:crypto";
import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { parseFunctionName } from "../function-name.ts";
import type { FunctionRegistry } from "../function-registry.ts";
import type { Permission, Permissions } from "../permissions.ts";

export function permissionResource(registry: FunctionRegistry, permissions: Permissions): ResourceHandler {
  return {
    type: "aws_lambda_permission",
    identity(attributes) {
      if (optionalText(attributes.statement_id) === undefined) return undefined;
      const { functionName, qualifier, statementId } = permissionOf(attributes);
      return `${functionName}/${qualifier ?? ""}/${statementId}`;
    },
    create(planned) {
      registry.resolve(text(planned.function_name), optionalText(planned.qualifier));
      const statementId =
        optionalText(planned.statement_id) ??
        `${optionalText(planned.statement_id_prefix) ?? "terraform-"}${randomUUID()}`;
      return {
        id: statementId,
        statement_id: statementId,
        statement_id_prefix: optionalText(planned.statement_id_prefix) ?? "",
      };
    },
    start: (attributes) => permissions.put(permissionOf(attributes)),
    delete: (attributes) => permissions.delete(permissionOf(attributes)),
  };
}

function permissionOf(attributes: Attributes): Permission {
  const { name, qualifier } = parseFunctionName(text(attributes.function_name));
  return {
    functionName: name,
    qualifier: optionalText(attributes.qualifier) ?? qualifier,
    statementId: text(attributes.statement_id),
    action: text(attributes.action),
    principal: text(attributes.principal),
    sourceArn: optionalText(attributes.source_arn),
    sourceAccount: optionalText(attributes.source_account),
  };
}
