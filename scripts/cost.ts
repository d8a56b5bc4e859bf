import { defineCommand, JSON_OPTION, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "cost",
  section: "Look inside",
  summary: "Prints what a month of an environment costs at list prices",
  environment: true,
  options: {
    since: { type: "string", value: "commit", description: "add the difference to this commit" },
    parts: { type: "boolean", description: "add the cost of each part that the environment does not have" },
    markdown: { type: "string", value: "file", description: "write a pull request comment" },
    requests: {
      type: "number",
      value: "count",
      minimum: 0,
      maximum: 1e10,
      integer: true,
      description: "add the cost of requests to Files: 30 % lists, 60 % downloads, 10 % uploads",
    },
    gb: {
      type: "number",
      value: "count",
      minimum: 0,
      maximum: 1e9,
      description: "add the cost of files that are stored all month and downloaded once",
    },
    json: JSON_OPTION,
  },
  examples: [
    { args: "dev", description: "resource by resource" },
    { args: "dev --requests 5000000 --gb 200", description: "with this use of Files" },
    { args: "dev --since main", description: "with the difference of this branch" },
  ],
  run: async ({ environment, options }) => {
    const { printCost } = await import("../tools/cost/print-cost.ts");
    return printCost(environment, options);
  },
});

if (import.meta.main) await runCommand(command);
