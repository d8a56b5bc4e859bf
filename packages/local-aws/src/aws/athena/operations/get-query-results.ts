import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { authorizedExecution, type ExecutionInput } from "../authorized-execution.ts";
import type { ResultColumn } from "../engine/protocol.ts";
import type { PageInput } from "../page-input.ts";
import type { QueryExecution } from "../query-execution.ts";
import type { AthenaContext } from "./context.ts";

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html */
const MAX_ROWS = 1_000;

/** Precision of the types whose precision is not the maximum of 32-bit integers. */
const PRECISIONS: Readonly<Record<string, number>> = {
  bigint: 19,
  boolean: 0,
  date: 0,
  double: 17,
  float: 17,
  integer: 10,
  smallint: 5,
  timestamp: 3,
  tinyint: 3,
};
const MAX_PRECISION = 2_147_483_647;

export const getQueryResults =
  (context: AthenaContext) =>
  async (input: ExecutionInput & PageInput, call: Call): Promise<object> => {
    const execution = authorizedExecution(context, input, call, "athena:GetQueryResults");
    checkSucceeded(execution);
    const { MaxResults: limit, NextToken: token } = input;
    if (limit !== undefined && (limit < 1 || limit > MAX_ROWS)) {
      throw new AwsError("InvalidRequestException", `MaxResults must be between 1 and ${MAX_ROWS}.`);
    }
    const { page, next } = paginate(await context.executions.rows(execution, call), {
      maximum: MAX_ROWS,
      limit,
      token,
    });
    return {
      UpdateCount: 0,
      ResultSet: {
        Rows: page.map((row) => ({ Data: row.map((value) => (value === null ? {} : { VarCharValue: value })) })),
        ResultSetMetadata: { ColumnInfo: execution.columns.map(columnInfo) },
      },
      NextToken: next,
    };
  };

function checkSucceeded({ state }: QueryExecution): void {
  if (state === "SUCCEEDED") return;
  const message =
    state === "FAILED" || state === "CANCELLED"
      ? `Query did not finish successfully. Final query state: ${state}`
      : `Query has not yet finished. Current state: ${state}`;
  throw new AwsError("InvalidRequestException", message);
}

function columnInfo({ name, type }: ResultColumn): object {
  return {
    CatalogName: "hive",
    SchemaName: "",
    TableName: "",
    Name: name,
    Label: name,
    Type: type,
    Precision: PRECISIONS[type] ?? MAX_PRECISION,
    Scale: 0,
    Nullable: "UNKNOWN",
    CaseSensitive: type === "varchar",
  };
}
