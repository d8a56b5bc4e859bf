import { defineCommand, runCommand, STACKS_ARGUMENT, VERBOSE_OPTION } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "drift",
  section: "Look inside",
  summary: "Shows resources that differ from what was applied",
  environment: true,
  arguments: { stacks: STACKS_ARGUMENT },
  options: {
    json: {
      type: "boolean",
      description: "print JSON; the last line has the stacks with status, drifted, noticed, pending and a public text",
    },
    verbose: VERBOSE_OPTION,
  },
  examples: [
    { args: "dev", description: "every stack" },
    { args: "dev vpc --json", description: "one stack, for programs" },
  ],
  exitCodes: { 0: "no drift", 2: "drift; or wrong usage" },
  run: async ({ environment, arguments: { stacks }, options }) => {
    const { reportDrift } = await import("../tools/deploy/drift/report-drift.ts");
    return reportDrift(environment, stacks, options);
  },
});

if (import.meta.main) await runCommand(command);
