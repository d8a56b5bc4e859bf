import { defineCommand, JSON_OPTION, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "doctor",
  section: "Look inside",
  summary: "Checks everything that a deployment needs, and prints what to fix",
  description: "It changes nothing.",
  environment: true,
  options: { json: JSON_OPTION },
  examples: [
    { args: "", description: "this machine and the local deployment" },
    { args: "dev", description: "versions, credentials, region, quotas, names, domain and locks" },
  ],
  exitCodes: { 1: "a check failed" },
  run: async ({ environment, options: { json } }) => {
    const { runDoctor } = await import("../tools/doctor/run-doctor.ts");
    return runDoctor(environment, json);
  },
});

if (import.meta.main) await runCommand(command);
