import { defineCommand, JSON_OPTION, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "destroy",
  section: "Daily",
  summary: "Destroys the stacks of an environment, and its state bucket last",
  description:
    "Protected data and the stacks that it depends on are not destroyed. The local deployment is destroyed with its data " +
    "folder, without a confirmation.",
  environment: true,
  options: {
    confirm: { type: "string", value: "name", description: "name of the environment, instead of typing it" },
    production: { type: "boolean", description: "required for prod" },
    json: JSON_OPTION,
  },
  examples: [
    { args: "", description: "the local deployment" },
    { args: "dev", description: "prompts for the name of the environment" },
    { args: "dev --confirm dev", description: "does not prompt" },
  ],
  run: async ({ environment, options }) => {
    const { destroyEnvironment } = await import("../tools/deploy/destroy-environment.ts");
    return destroyEnvironment(environment, options);
  },
});

if (import.meta.main) await runCommand(command);
