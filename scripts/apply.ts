import { defineCommand, runCommand, VERBOSE_OPTION } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "apply",
  section: "Maintainers",
  summary: "Applies the plans that npm run plan -- --out saved, and no others",
  description:
    "Before anything is applied, it rejects plans that were changed after the approval, that belong to another commit, " +
    "environment or account, or whose state has changed.",
  environment: true,
  options: {
    plans: { type: "string", value: "folder", description: "folder of the saved plans", required: true },
    sha256: { type: "string", value: "hash", description: "SHA-256 of plan.json as it was approved" },
    json: { type: "boolean", description: `print JSON; "again" in the last line is true if another round is needed` },
    verbose: VERBOSE_OPTION,
  },
  examples: [
    { args: "dev --plans plans", description: "applies the saved plans to dev" },
    {
      args: "dev --plans plans --sha256 <hash>",
      description: "applies them if they were not changed since the approval",
    },
  ],
  run: async ({ environment, options }) => {
    const { applyPlanSet } = await import("../tools/deploy/plan/apply-plan-set.ts");
    return applyPlanSet(environment, options);
  },
});

if (import.meta.main) await runCommand(command);
