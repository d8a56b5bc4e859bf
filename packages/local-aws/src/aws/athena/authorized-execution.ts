import type { Call } from "../../gateway/protocol.ts";
import type { AthenaContext } from "./operations/context.ts";
import type { QueryExecution } from "./query-execution.ts";
import { workGroupArn } from "./workgroups.ts";

export interface ExecutionInput {
  readonly QueryExecutionId: string;
}

/**
 * The execution of a request whose caller may perform the action on its workgroup.
 *
 * @throws AwsError `AccessDenied` or `InvalidRequestException`.
 */
export function authorizedExecution(
  { executions }: Pick<AthenaContext, "executions">,
  { QueryExecutionId }: ExecutionInput,
  call: Call,
  action: string,
): QueryExecution {
  const execution = executions.get(QueryExecutionId);
  call.authorize(action, workGroupArn(execution.workGroup));
  return execution;
}
