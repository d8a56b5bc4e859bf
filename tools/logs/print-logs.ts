import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { openAws } from "../aws/open-aws.ts";
import { parseDuration } from "../command-line/duration.ts";
import { UsageError } from "../command-line/errors.ts";
import { interruption } from "../command-line/interruption.ts";
import { columns } from "../command-line/table.ts";
import type { SavedQuery } from "./athena.ts";
import { eventsSince, followEvents, type LogEvent, newestEvents } from "./log-events.ts";
import { findLogGroup, listLogGroups, logGroupExists, shortName } from "./log-groups.ts";
import { isStatement, listSavedQueries, printQuery } from "./query-lake.ts";
import type { RowFormat } from "./render-rows.ts";

export interface LogOptions {
  /** Prints new events until an interrupt. `tail` is another name of it. */
  readonly follow: boolean;
  readonly tail: boolean;
  /** A duration before now, such as `10m`; default: the newest events of any time. */
  readonly since: string | undefined;
  readonly filter: string | undefined;
  readonly json: boolean;
  /** Only for queries. */
  readonly csv: boolean;
}

/** How many events are printed without `since`. */
const NEWEST = 50;
/** ms between two requests for new events; AWS allows 5 requests per second in an account and region. */
const INTERVAL = 1_000;

/**
 * Prints the events of a log group, the result of a query on the log lake, or what there is.
 *
 * @param name of a function, a log group or a saved query, or a statement; default: lists the names.
 * @returns the exit code.
 * @throws UsageError, QueryFailedError
 */
export async function printLogs(
  environment: EnvironmentName,
  name: string | undefined,
  options: LogOptions,
): Promise<number> {
  const aws = await openAws(environment);
  const { prefix } = aws.environment;
  const queries = name !== undefined && isStatement(name) ? [] : await listSavedQueries(aws);
  const statement =
    name !== undefined && isStatement(name) ? name : queries.find((query) => query.name === name)?.statement;
  if (statement !== undefined) {
    await printQuery(aws, statement, rowFormat(options));
    return 0;
  }
  if (options.csv) throw new UsageError("--csv is only for queries: a saved query or a SELECT statement.");
  const client = new CloudWatchLogsClient(aws.client);
  try {
    const groups = await listLogGroups(client, prefix);
    if (name === undefined) {
      printNames(groups, queries, prefix, options.json);
      return 0;
    }
    const isFullName = name.startsWith("/") && (await logGroupExists(client, name));
    await printEvents(client, isFullName ? name : findLogGroup(groups, prefix, name, queries), options);
    return 0;
  } finally {
    client.destroy();
  }
}

/** @throws UsageError for options that a query does not have. */
function rowFormat({ follow, tail, since, filter, json, csv }: LogOptions): RowFormat {
  if (follow || tail || since !== undefined || filter !== undefined) {
    throw new UsageError(
      "--follow, --since and --filter are only for log groups. A query has conditions, such as day >= '2026-11-01'.",
    );
  }
  if (json && csv) throw new UsageError("Choose one of --json and --csv.");
  return json ? "json" : csv ? "csv" : "table";
}

function printNames(groups: readonly string[], queries: readonly SavedQuery[], prefix: string, json: boolean): void {
  const named = groups.map((group) => ({ name: shortName(group, prefix), group }));
  if (json) {
    console.log(JSON.stringify([...named, ...queries.map(({ name, description }) => ({ name, query: description }))]));
    return;
  }
  for (const { name } of named) console.log(name);
  if (queries.length === 0) return;
  console.log("\nSaved queries of the log lake:");
  console.log(columns(queries.map(({ name, description }) => [`  ${name}`, description])));
}

async function printEvents(
  client: CloudWatchLogsClient,
  group: string,
  { follow, tail, since, filter, json }: LogOptions,
): Promise<void> {
  const query = { group, filter };
  const print = (event: LogEvent) => console.log(json ? jsonLine(event) : textLine(event));
  const age = since === undefined ? undefined : parseDuration(since);
  const printed =
    age === undefined
      ? await newestEvents(client, query, NEWEST, Date.now())
      : await eventsSince(client, query, Date.now() - age);
  for (const event of printed) print(event);
  if (!follow && !tail) {
    if (printed.length === 0) console.error(`${group} has no events that match.`);
    return;
  }
  const events = followEvents(client, query, { printed, now: Date.now, wait: waiting(interruption()) });
  for await (const event of events) print(event);
}

function textLine({ timestamp, message }: LogEvent): string {
  return `${new Date(timestamp).toISOString()} ${message}`;
}

function jsonLine({ timestamp, stream, message }: LogEvent): string {
  return JSON.stringify({ time: new Date(timestamp).toISOString(), stream, message });
}

function waiting(stop: AbortSignal): () => Promise<boolean> {
  return () =>
    new Promise((resolve) => {
      const timer = setTimeout(() => finish(), INTERVAL);
      const finish = () => {
        clearTimeout(timer);
        stop.removeEventListener("abort", finish);
        resolve(!stop.aborted);
      };
      if (stop.aborted) finish();
      else stop.addEventListener("abort", finish);
    });
}
