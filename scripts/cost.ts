import { defineCommand, JSON_OPTION, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "cost",
  section: "Look inside",
  summary: "Prints what an idle month of an environment costs at list prices",
  environment: true,
  options: {
    since: { type: "string", value: "commit", description: "add the difference to this commit" },
    parts: { type: "boolean", description: "add the cost of each part that the environment does not have" },
    markdown: { type: "string", value: "file", description: "write a pull request comment" },
    json: JSON_OPTION,
  },
  examples: [
    { args: "dev", description: "resource by resource" },
    { args: "dev --since main", description: "with the difference of this branch" },
  ],
  run: async ({ environment, options }) => {
    const { printCost } = await import("../tools/cost/print-cost.ts");
    return printCost(environment, options);
  },
});

if (import.meta.main) await runCommand(command);
