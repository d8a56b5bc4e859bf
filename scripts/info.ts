import { defineCommand, JSON_OPTION, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "info",
  section: "Look inside",
  summary: "Prints the addresses of a deployment, its user, and examples to paste",
  description:
    "The password of the local deployment is printed on a terminal, any other only with --show-password. For a shell, " +
    "npm run env prints the same as variables.",
  environment: true,
  options: {
    "show-password": { type: "boolean", description: "print the password, too" },
    json: JSON_OPTION,
  },
  examples: [
    { args: "", description: "the running local deployment" },
    { args: "dev --show-password", description: "dev, with its user and password" },
    { args: "--json | jq -r .apiUrl", description: "one address, for programs; with npm run --silent info" },
  ],
  run: async ({ environment, options }) =>
    (await import("../tools/info/print-info.ts")).printInfo(environment, {
      ...options,
      showPassword: options["show-password"],
    }),
});

if (import.meta.main) await runCommand(command);
