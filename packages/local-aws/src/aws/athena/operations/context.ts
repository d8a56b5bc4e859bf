import type { NamedQueries } from "../named-queries.ts";
import type { QueryExecutions } from "../query-executions.ts";
import type { WorkGroups } from "../workgroups.ts";

/** The dependencies of the operations and of the resource types. */
export interface AthenaContext {
  readonly groups: WorkGroups;
  readonly queries: NamedQueries;
  readonly executions: QueryExecutions;
}
