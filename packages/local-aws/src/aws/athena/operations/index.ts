import type { Operation } from "../../../gateway/protocol.ts";
import { batchGetNamedQuery } from "./batch-get-named-query.ts";
import type { AthenaContext } from "./context.ts";
import { getNamedQuery } from "./get-named-query.ts";
import { getQueryExecution } from "./get-query-execution.ts";
import { getQueryResults } from "./get-query-results.ts";
import { getWorkGroup } from "./get-work-group.ts";
import { listNamedQueries } from "./list-named-queries.ts";
import { listQueryExecutions } from "./list-query-executions.ts";
import { listWorkGroups } from "./list-work-groups.ts";
import { startQueryExecution } from "./start-query-execution.ts";
import { stopQueryExecution } from "./stop-query-execution.ts";

/** Terraform alone creates and changes workgroups and named queries. */
export function athenaOperations(context: AthenaContext): Readonly<Record<string, Operation>> {
  return {
    BatchGetNamedQuery: batchGetNamedQuery(context),
    GetNamedQuery: getNamedQuery(context),
    GetQueryExecution: getQueryExecution(context),
    GetQueryResults: getQueryResults(context),
    GetWorkGroup: getWorkGroup(context),
    ListNamedQueries: listNamedQueries(context),
    ListQueryExecutions: listQueryExecutions(context),
    ListWorkGroups: listWorkGroups(context),
    StartQueryExecution: startQueryExecution(context),
    StopQueryExecution: stopQueryExecution(context),
  };
}
