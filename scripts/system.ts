import { defineGroup, runCommand } from "../tools/command-line/index.ts";
import { helloCommand } from "../tools/hello/hello-commands.ts";
import { loadCommand } from "../tools/load/load-command.ts";
import { releaseCommand } from "../tools/release/release-commands.ts";
import { shoutCommand } from "../tools/shout/shout-command.ts";

export const command = defineGroup({
  name: "system",
  section: "Systems",
  summary: "Operates one of the systems",
  subcommands: [helloCommand, loadCommand, releaseCommand, shoutCommand],
  examples: [
    { args: "release status", description: "what the stages of the Releases system serve" },
    { args: "shout", description: "sends lines to the Shout API" },
  ],
});

if (import.meta.main) await runCommand(command);
