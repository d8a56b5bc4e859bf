import type { Call } from "../../../gateway/protocol.ts";
import { authorizedExecution, type ExecutionInput } from "../authorized-execution.ts";
import type { AthenaContext } from "./context.ts";

export const stopQueryExecution =
  (context: AthenaContext) =>
  (input: ExecutionInput, call: Call): void => {
    const { id } = authorizedExecution(context, input, call, "athena:StopQueryExecution");
    context.executions.stop(id);
  };
