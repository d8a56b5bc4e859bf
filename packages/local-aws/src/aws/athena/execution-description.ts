import { FINAL_STATES, type QueryExecution } from "./query-execution.ts";

/** A query execution as the API returns it. */
export function executionDescription(execution: QueryExecution): object {
  const { submitted, completed, state, reason, encryption } = execution;
  const milliseconds = completed === undefined ? undefined : completed - submitted;
  return {
    QueryExecutionId: execution.id,
    Query: execution.statement,
    StatementType: "DML",
    ResultConfiguration: {
      OutputLocation: execution.outputLocation,
      ...(encryption !== undefined && { EncryptionConfiguration: { EncryptionOption: encryption } }),
    },
    QueryExecutionContext: { Database: execution.database, Catalog: "awsdatacatalog" },
    Status: {
      State: state,
      ...(reason !== undefined && { StateChangeReason: reason }),
      SubmissionDateTime: submitted / 1_000,
      ...(completed !== undefined && { CompletionDateTime: completed / 1_000 }),
    },
    Statistics: {
      DataScannedInBytes: execution.scannedBytes,
      ...(FINAL_STATES.has(state) && {
        EngineExecutionTimeInMillis: milliseconds,
        TotalExecutionTimeInMillis: milliseconds,
        QueryQueueTimeInMillis: 0,
      }),
    },
    WorkGroup: execution.workGroup,
    EngineVersion: { SelectedEngineVersion: "AUTO", EffectiveEngineVersion: "Athena engine version 3" },
  };
}
