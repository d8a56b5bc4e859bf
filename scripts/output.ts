import { defineCommand, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "output",
  section: "Look inside",
  summary: "Prints the outputs of a stack, or the value of one of them",
  description:
    "Without the banner of npm it can be used in a shell: " + "url=$(npm run --silent output -- dev frontend api_url)",
  environment: true,
  arguments: {
    stack: { description: "name of a stack" },
    output: { description: "name of an output; default: all", optional: true },
  },
  options: { json: { type: "boolean", description: "print the JSON of Terraform" } },
  examples: [
    { args: "dev frontend", description: "all outputs of frontend" },
    { args: "dev frontend api_url", description: "one value, without quotation marks" },
  ],
  run: async ({ environment, arguments: { stack, output }, options: { json } }) => {
    const { printOutput } = await import("../tools/deploy/print-output.ts");
    return printOutput(environment, stack, output, json);
  },
});

if (import.meta.main) await runCommand(command);
