import { defineCommand, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "start",
  section: "Daily",
  summary: "Deploys every stack to this machine, and keeps it running until Ctrl-C",
  description:
    "Deploys what you change below services/, lib/ and stacks/ while it is running. A plan that destroys something is " +
    "applied only after a confirmation, or not at all without a terminal.",
  options: {
    try: { type: "boolean", description: "run the examples of the README against it, and end" },
    quiet: { type: "boolean", description: "do not print requests and errors of functions" },
    "no-watch": { type: "boolean", description: "do not deploy what is changed" },
    json: { type: "boolean", description: "print the addresses as one line of JSON" },
  },
  examples: [
    { args: "", description: "deploys, and prints addresses and examples" },
    { args: "--try", description: "deploys, unless it is running, and runs the examples" },
  ],
  exitCodes: { 1: "the deployment or an example failed" },
  run: async ({ options }) => {
    const { startLocalDeployment } = await import("../tools/local/start-local-deployment.ts");
    return startLocalDeployment({ ...options, runExamples: options.try, watch: !options["no-watch"] });
  },
});

if (import.meta.main) await runCommand(command);
