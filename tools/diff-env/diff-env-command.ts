import { environmentNames } from "../../stacks/environment/environment.ts";
import { defineCommand, JSON_OPTION } from "../command-line/command.ts";

/** `npm run tool -- diff-env` */
export const diffEnvCommand = defineCommand({
  name: "diff-env",
  summary: "Shows the differences between the data of two environments",
  description: "The reasons are in stacks/environment/environments.ts.",
  environment: true,
  arguments: { other: { description: "the environment to compare with", choices: environmentNames } },
  options: { json: JSON_OPTION },
  examples: [
    { args: "dev prod", description: "a table of the values that differ" },
    { args: "dev prod --json", description: "the same for programs" },
  ],
  run: async ({ environment, arguments: { other }, options: { json } }) =>
    (await import("./print-differences.ts")).printDifferences(environment, other, json),
});
