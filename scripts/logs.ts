import { checkDuration } from "../tools/command-line/duration.ts";
import { defineCommand, JSON_OPTION, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "logs",
  section: "Look inside",
  summary: "Prints the newest log events of a function, or lists the log groups",
  environment: true,
  arguments: {
    name: { description: "name of a function or a log group; default: lists the log groups", optional: true },
  },
  options: {
    follow: { type: "boolean", description: "print new events until Ctrl-C" },
    since: {
      type: "string",
      value: "duration",
      description: "all events since then, such as 10m, 2h or 1d; default: the newest 50",
      check: checkDuration,
    },
    filter: { type: "string", value: "pattern", description: "only events that match this filter pattern of AWS" },
    json: JSON_OPTION,
  },
  examples: [
    { args: "", description: "lists the log groups of the local deployment" },
    { args: "api --follow", description: "the log of the function api, as it is written" },
    { args: "dev postgres-init --since 1h --filter ERROR", description: "the errors of the last hour in dev" },
  ],
  run: async ({ environment, arguments: { name }, options }) =>
    (await import("../tools/logs/print-logs.ts")).printLogs(environment, name, options),
});

if (import.meta.main) await runCommand(command);
