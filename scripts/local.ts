import { defineCommand, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "local",
  section: "Daily",
  summary: "Runs a command with the local AWS in place of AWS",
  description:
    "Terraform uses the local provider, and the AWS CLI and SDKs use the local endpoint and key. The command uses the " +
    "running local AWS, or one that is started for it.",
  passthrough: { name: "command", description: "the program to run, and its arguments", required: true },
  examples: [
    { args: "terraform -chdir=cdktf.out/stacks/vpc state list", description: "Terraform" },
    { args: "npx cdktf-cli diff vpc", description: "the cdktf CLI" },
    { args: "aws s3 ls", description: "the AWS CLI" },
  ],
  exitCodes: { 0: "that of the command", 127: "the command was not found" },
  run: async ({ passthrough }) => (await import("../tools/local/run-with-local-aws.ts")).runWithLocalAws(passthrough),
});

if (import.meta.main) await runCommand(command);
