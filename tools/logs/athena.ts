import {
  type AthenaClient,
  BatchGetNamedQueryCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  InvalidRequestException,
  paginateListNamedQueries,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { CommandError } from "../command-line/errors.ts";

/** The log lake of an environment. */
export interface Lake {
  readonly workgroup: string;
  readonly database: string;
}

/** A saved query. */
export interface SavedQuery {
  readonly name: string;
  readonly description: string;
  readonly statement: string;
}

/** The texts of a result; null for NULL. */
export interface QueryRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly scannedBytes: number;
}

/** Athena rejected a query, or the query failed. */
export class QueryFailedError extends CommandError {
  override readonly name = "QueryFailedError";
  readonly code = "QUERY_FAILED";
}

type Client = Pick<AthenaClient, "send">;

/** Per request. https://docs.aws.amazon.com/athena/latest/APIReference/API_BatchGetNamedQuery.html */
const MAX_NAMED_QUERIES = 50;

/**
 * The saved queries of the workgroup, by name; none while the stack `logs` is not deployed, or when the caller may read
 * logs but not query the lake.
 */
export async function savedQueries(client: AthenaClient, workgroup: string): Promise<SavedQuery[]> {
  const ids: string[] = [];
  try {
    for await (const page of paginateListNamedQueries(
      { client, pageSize: MAX_NAMED_QUERIES },
      { WorkGroup: workgroup },
    )) {
      ids.push(...(page.NamedQueryIds ?? []));
    }
  } catch (error) {
    if (error instanceof InvalidRequestException || (error as Error).name === "AccessDeniedException") return [];
    throw error;
  }
  const found: SavedQuery[] = [];
  for (let start = 0; start < ids.length; start += MAX_NAMED_QUERIES) {
    const NamedQueryIds = ids.slice(start, start + MAX_NAMED_QUERIES);
    const { NamedQueries = [] } = await client.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
    for (const { Name = "", Description = "", QueryString = "" } of NamedQueries) {
      found.push({ name: Name, description: Description, statement: QueryString });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export interface QueryOptions {
  /** Cancels the query. */
  readonly signal: AbortSignal;
  /** Waits before the state of the query is requested again. */
  wait(): Promise<unknown>;
}

/**
 * Runs a query and waits for its result.
 *
 * @throws QueryFailedError with the reason of Athena; the reason of the signal.
 */
export async function runQuery(
  client: Client,
  lake: Lake,
  statement: string,
  options: QueryOptions,
): Promise<QueryRows> {
  const id = await start(client, lake, statement);
  const { Statistics } = await finished(client, id, options);
  const columns: { name: string; type: string }[] = [];
  const rows: (string | null)[][] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new GetQueryResultsCommand({ QueryExecutionId: id, NextToken }));
    const { Rows = [], ResultSetMetadata } = page.ResultSet ?? {};
    if (columns.length === 0) {
      columns.push(
        ...(ResultSetMetadata?.ColumnInfo ?? []).map(({ Name = "", Type = "" }) => ({ name: Name, type: Type })),
      );
      Rows.shift(); // The names of the columns.
    }
    rows.push(...Rows.map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue ?? null)));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return { columns, rows, scannedBytes: Statistics?.DataScannedInBytes ?? 0 };
}

async function start(client: Client, { workgroup, database }: Lake, statement: string): Promise<string> {
  try {
    const { QueryExecutionId = "" } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: statement,
        WorkGroup: workgroup,
        QueryExecutionContext: { Database: database },
      }),
    );
    return QueryExecutionId;
  } catch (cause) {
    if (!(cause instanceof InvalidRequestException)) throw cause;
    throw new QueryFailedError(`Athena rejected the query: ${cause.message}`, { cause });
  }
}

async function finished(client: Client, id: string, { signal, wait }: QueryOptions): Promise<QueryExecution> {
  for (;;) {
    const { QueryExecution: execution = {} } = await client.send(
      new GetQueryExecutionCommand({ QueryExecutionId: id }),
    );
    const { State, StateChangeReason = "" } = execution.Status ?? {};
    if (State === "SUCCEEDED") return execution;
    if (State === "FAILED" || State === "CANCELLED") {
      throw new QueryFailedError(`The query ${State.toLowerCase()}: ${StateChangeReason}`);
    }
    if (signal.aborted) {
      await client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
      throw signal.reason;
    }
    await wait();
  }
}
