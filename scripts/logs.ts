import { checkDuration } from "../tools/command-line/duration.ts";
import { defineCommand, JSON_OPTION, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "logs",
  section: "Look inside",
  summary: "Prints the newest events of a function, or queries the logs of a year",
  environment: true,
  arguments: {
    name: {
      description: "a function, a log group, a saved query, or a SELECT statement in quotes; default: lists the names",
      optional: true,
    },
  },
  options: {
    follow: { type: "boolean", description: "print new events until Ctrl-C" },
    tail: { type: "boolean", description: "like --follow" },
    since: {
      type: "string",
      value: "duration",
      description: "all events since then, such as 10m, 2h or 1d; default: the newest 50",
      check: checkDuration,
    },
    filter: { type: "string", value: "pattern", description: "only events that match this filter pattern of AWS" },
    json: JSON_OPTION,
    csv: { type: "boolean", description: "print the result of a query as CSV" },
  },
  description:
    "The events of the last days are in CloudWatch Logs, and those of a year in the log lake, which Athena queries: see " +
    "docs/logs.md. Athena costs 5 USD per TB that a query reads; conditions on day limit it.",
  examples: [
    { args: "", description: "lists the log groups and the saved queries of the local deployment" },
    { args: "api --follow", description: "the log of the function api, as it is written" },
    { args: "dev postgres-init --since 1h --filter ERROR", description: "the errors of the last hour in dev" },
    { args: "dev slowest", description: "the slowest requests of the last 7 days in dev, a saved query" },
    { args: "prod errors --csv", description: "the errors of prod by service and code, for a spreadsheet" },
    { args: '"select service, count(*) from entries group by service"', description: "a query on the log lake" },
  ],
  run: async ({ environment, arguments: { name }, options }) =>
    (await import("../tools/logs/print-logs.ts")).printLogs(environment, name, options),
});

if (import.meta.main) await runCommand(command);
