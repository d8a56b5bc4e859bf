import {
  defineCommand,
  JSON_OPTION,
  runCommand,
  STACKS_ARGUMENT,
  VERBOSE_OPTION,
} from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "plan",
  section: "Daily",
  summary: "Shows what an apply would change",
  description:
    "Prints the changes of each stack like Terraform, what is destroyed or replaced first. With --json, each stack " +
    "with changes is one line.",
  environment: true,
  arguments: { stacks: STACKS_ARGUMENT },
  options: {
    "changed-since": { type: "string", value: "commit", description: "only stacks that differ from this commit" },
    out: { type: "string", value: "folder", description: "save the plans and plan.json, for npm run apply" },
    markdown: { type: "string", value: "file", description: "write a pull request comment" },
    json: JSON_OPTION,
    verbose: VERBOSE_OPTION,
  },
  examples: [
    { args: "dev", description: "every stack" },
    { args: "dev --changed-since main", description: "only stacks that this branch changes" },
    { args: "dev --out plans", description: "saves the plans for an approval" },
  ],
  exitCodes: { 0: "no changes", 2: "changes, or stacks that wait for them; or wrong usage" },
  run: async ({ environment, arguments: { stacks }, options }) => {
    const { planEnvironment } = await import("../tools/deploy/plan/plan-environment.ts");
    return planEnvironment(environment, stacks, { ...options, changedSince: options["changed-since"] });
  },
});

if (import.meta.main) await runCommand(command);
