import { defineCommand, JSON_OPTION, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "slo",
  section: "Look inside",
  summary: "Prints how much of the error budget of each system remains",
  environment: true,
  description:
    "The objectives are data in stacks/slo/objectives.ts. The metrics are read from CloudWatch by the hour: one call, " +
    "which costs less than a cent.",
  options: { json: JSON_OPTION },
  examples: [
    { args: "", description: "the objectives of the local deployment" },
    { args: "prod", description: "those of prod, over 30 days" },
  ],
  run: async ({ environment, options }) => {
    await (await import("../tools/slo/print-slo.ts")).printSlo(environment, options);
    return 0;
  },
});

if (import.meta.main) await runCommand(command);
