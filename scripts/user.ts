import { defineGroup, runCommand } from "../tools/command-line/index.ts";
import { userCommands } from "../tools/users/user-commands.ts";

export const command = defineGroup({
  name: "user",
  section: "Systems",
  summary: "Adds and changes the users of the Files API, their grants and access keys",
  environment: true,
  subcommands: userCommands,
  examples: [
    { args: "local add ann --role writer --prefix team/", description: "a user of the local deployment" },
    { args: "dev list", description: "the users of dev" },
    { args: "dev key add ann laptop --expires 90d", description: "an access key for a program" },
  ],
});

if (import.meta.main) await runCommand(command);
