import { defineCommand, JSON_OPTION, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "bootstrap",
  section: "Maintainers",
  summary: "Creates the state bucket of an environment, and nothing else",
  description: "It is safe to interrupt and to repeat. deploy does the same first.",
  environment: true,
  options: { json: JSON_OPTION },
  examples: [
    { args: "dev", description: "creates the state bucket of dev" },
    { args: "dev --json", description: "the same for programs" },
  ],
  run: async ({ environment, options: { json } }) => {
    const { bootstrapEnvironment } = await import("../tools/deploy/bootstrap-environment.ts");
    return bootstrapEnvironment(environment, json);
  },
});

if (import.meta.main) await runCommand(command);
