import type { Call } from "../../../gateway/protocol.ts";
import { authorizedExecution, type ExecutionInput } from "../authorized-execution.ts";
import { executionDescription } from "../execution-description.ts";
import type { AthenaContext } from "./context.ts";

export const getQueryExecution =
  (context: AthenaContext) =>
  (input: ExecutionInput, call: Call): object => ({
    QueryExecution: executionDescription(authorizedExecution(context, input, call, "athena:GetQueryExecution")),
  });
