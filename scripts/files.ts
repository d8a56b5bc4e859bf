import { defineGroup, runCommand } from "../tools/command-line/index.ts";
import { withAddressOption } from "../tools/files/address-argument.ts";
import { filesCommands } from "../tools/files/files-commands.ts";

export const command = defineGroup({
  name: "files",
  section: "Systems",
  summary: "Uploads, downloads and manages files, also of any address",
  environment: true,
  subcommands: filesCommands,
  examples: [
    { args: "put report.pdf team/", description: "uploads a file to the local deployment" },
    { args: "dev sync reports files:team/reports/", description: "uploads what is new or has changed" },
    { args: "ls --address https://files.example.com", description: "the files of another deployment" },
  ],
});

if (import.meta.main) {
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...withAddressOption(process.argv.slice(2)));
  await runCommand(command);
}
