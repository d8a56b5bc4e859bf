import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { authorizedWorkGroup, type WorkGroupInput } from "../authorized-work-group.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import type { AthenaContext } from "./context.ts";

export const listQueryExecutions =
  ({ groups, executions }: AthenaContext) =>
  (input: WorkGroupInput & PageInput, call: Call): object => {
    const { name } = authorizedWorkGroup(groups, input, call, "athena:ListQueryExecutions");
    const { page, next } = paginate(executions.of(name), pageOptions(input));
    return { QueryExecutionIds: page.map(({ id }) => id), NextToken: next };
  };
