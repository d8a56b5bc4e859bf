import { defineGroup, runCommand } from "../tools/command-line/index.ts";
import { stateCommands } from "../tools/deploy/state/state-commands.ts";

export const command = defineGroup({
  name: "state",
  section: "Look inside",
  summary: "Shows Terraform's states, removes locks and restores old versions",
  environment: true,
  subcommands: stateCommands,
  examples: [
    { args: "dev list", description: "every state of dev, and who holds its lock" },
    { args: "dev versions vpc", description: "the versions of the state of vpc" },
  ],
});

if (import.meta.main) await runCommand(command);
