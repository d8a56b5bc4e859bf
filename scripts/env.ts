import { defineCommand, runCommand } from "../tools/command-line/index.ts";
import { shellNames } from "../tools/info/shell.ts";

export const command = defineCommand({
  name: "env",
  section: "Look inside",
  summary: "Prints the addresses and credentials as variables for a shell",
  description:
    'Set them with eval "$(npm run --silent env)": FILES_URL, FILES_USER, FILES_PASSWORD, RELEASES_URL, HELLO_URL, ' +
    "SHOUT_URL and SUM_URL, and for the local deployment the variables of the AWS CLI and SDKs.",
  environment: true,
  options: {
    shell: {
      type: "string",
      value: "name",
      description: "syntax of the commands",
      choices: shellNames,
      default: "posix",
    },
    unset: { type: "boolean", description: "print the commands that remove the variables" },
    "show-password": { type: "boolean", description: "print the user and the password of an environment on AWS, too" },
  },
  examples: [
    { args: "", description: 'for the local deployment: eval "$(npm run --silent env)"' },
    { args: "dev", description: "the addresses of dev" },
    { args: "--shell fish | source", description: "for fish, with npm run --silent env" },
    { args: "--unset", description: "removes the variables" },
  ],
  run: async ({ environment, options: { shell, unset, "show-password": showPassword } }) => {
    const { printVariables } = await import("../tools/info/print-variables.ts");
    return printVariables(environment, { shell, unset, showPassword });
  },
});

if (import.meta.main) await runCommand(command);
