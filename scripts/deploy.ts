import {
  defineCommand,
  JSON_OPTION,
  runCommand,
  STACKS_ARGUMENT,
  VERBOSE_OPTION,
} from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "deploy",
  section: "Daily",
  summary: "Plans and applies stacks in one step",
  description:
    "Creates the state bucket first, if there is none. Prints what has changed when all stacks have ended; " +
    "npm run plan prints it before.",
  environment: true,
  arguments: { stacks: STACKS_ARGUMENT },
  options: {
    "changed-since": { type: "string", value: "commit", description: "only stacks that differ from this commit" },
    json: JSON_OPTION,
    verbose: VERBOSE_OPTION,
  },
  examples: [
    { args: "dev", description: "deploys every stack to dev" },
    { args: "dev hello releases", description: "deploys two stacks" },
    { args: "local shout --json", description: "deploys one stack locally, for programs" },
  ],
  run: async ({ environment, arguments: { stacks }, options }) => {
    const { deployEnvironment } = await import("../tools/deploy/deploy-environment.ts");
    return deployEnvironment(environment, stacks, { ...options, changedSince: options["changed-since"] });
  },
});

if (import.meta.main) await runCommand(command);
