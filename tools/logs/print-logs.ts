import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { openAws } from "../aws/open-aws.ts";
import { parseDuration } from "../command-line/duration.ts";
import { interruption } from "../command-line/interruption.ts";
import { eventsSince, followEvents, type LogEvent, newestEvents } from "./log-events.ts";
import { findLogGroup, listLogGroups, logGroupExists, shortName } from "./log-groups.ts";

export interface LogOptions {
  /** Prints new events until an interrupt. */
  readonly follow: boolean;
  /** A duration before now, such as `10m`; default: the newest events of any time. */
  readonly since: string | undefined;
  readonly filter: string | undefined;
  readonly json: boolean;
}

/** How many events are printed without `since`. */
const NEWEST = 50;
/** ms between two requests for new events; AWS allows 5 requests per second in an account and region. */
const INTERVAL = 1_000;

/**
 * Prints the events of a log group, or the log groups.
 *
 * @param name of a function or a log group; default: lists the log groups.
 * @returns the exit code.
 */
export async function printLogs(
  environment: EnvironmentName,
  name: string | undefined,
  options: LogOptions,
): Promise<number> {
  const { client: settings, environment: data } = await openAws(environment);
  const client = new CloudWatchLogsClient(settings);
  try {
    const groups = await listLogGroups(client, data.prefix);
    if (name === undefined) {
      printGroups(groups, data.prefix, options.json);
      return 0;
    }
    const isFullName = name.startsWith("/") && (await logGroupExists(client, name));
    await printEvents(client, isFullName ? name : findLogGroup(groups, data.prefix, name), options);
    return 0;
  } finally {
    client.destroy();
  }
}

function printGroups(groups: readonly string[], prefix: string, json: boolean): void {
  const named = groups.map((group) => ({ name: shortName(group, prefix), group }));
  if (json) console.log(JSON.stringify(named));
  else for (const { name } of named) console.log(name);
}

async function printEvents(
  client: CloudWatchLogsClient,
  group: string,
  { follow, since, filter, json }: LogOptions,
): Promise<void> {
  const query = { group, filter };
  const print = (event: LogEvent) => console.log(json ? jsonLine(event) : textLine(event));
  const age = since === undefined ? undefined : parseDuration(since);
  const printed =
    age === undefined
      ? await newestEvents(client, query, NEWEST, Date.now())
      : await eventsSince(client, query, Date.now() - age);
  for (const event of printed) print(event);
  if (!follow) {
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
