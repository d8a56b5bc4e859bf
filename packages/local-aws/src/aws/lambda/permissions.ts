import { AwsError } from "../../runtime/error.ts";
import { globExpression } from "../../runtime/glob.ts";
import type { InvocationSource } from "./invoker.ts";

/** One statement of a function's resource policy (`aws_lambda_permission`). */
export interface Permission {
  readonly functionName: string;
  /** Version or alias; without one, the statement applies to the unqualified function only. */
  readonly qualifier: string | undefined;
  readonly statementId: string;
  readonly action: string;
  readonly principal: string;
  readonly sourceArn: string | undefined;
  readonly sourceAccount: string | undefined;
}

/** The resource policies of all functions. */
export class Permissions {
  readonly #statements = new Map<string, Permission>();

  put(permission: Permission): void {
    this.#statements.set(keyOf(permission), permission);
  }

  delete(permission: Pick<Permission, "functionName" | "qualifier" | "statementId">): void {
    this.#statements.delete(keyOf(permission));
  }

  of(functionName: string, qualifier: string | undefined): Permission[] {
    return [...this.#statements.values()].filter(
      (statement) => statement.functionName === functionName && statement.qualifier === qualifier,
    );
  }

  /**
   * @param invokedArn ARN of the function as invoked, for the error message.
   * @throws AwsError `AccessDeniedException` when a service invokes a function without a statement that allows it.
   */
  check(functionName: string, qualifier: string | undefined, source: InvocationSource, invokedArn: string): void {
    if (source.kind !== "service") return;
    const allowed = this.of(functionName, qualifier).some(
      ({ action, principal, sourceArn }) =>
        /^lambda:(InvokeFunction|Invoke\*|\*)$/.test(action) &&
        (principal === source.principal || principal === "*") &&
        (sourceArn === undefined || globExpression(sourceArn).test(source.sourceArn)),
    );
    if (allowed) return;
    throw new AwsError(
      "AccessDeniedException",
      `User: ${source.principal} is not authorized to perform: lambda:InvokeFunction on resource: ${invokedArn} ` +
        `because no resource-based policy allows the lambda:InvokeFunction action for ${source.sourceArn}`,
      403,
    );
  }
}

function keyOf({
  functionName,
  qualifier,
  statementId,
}: Pick<Permission, "functionName" | "qualifier" | "statementId">) {
  return `${functionName}:${qualifier ?? ""}:${statementId}`;
}
