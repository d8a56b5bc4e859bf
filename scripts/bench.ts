import { subjects } from "../tools/bench/subjects.ts";
import { defineCommand, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "bench",
  section: "Maintainers",
  summary: "Measures the synthesis, the start, the loading of the bundles, and sign-ins",
  arguments: {
    subject: { description: `${subjects.join(" or ")}; default: all`, choices: subjects, optional: true },
  },
  examples: [
    { args: "", description: "prints all measurements" },
    { args: "sign-in", description: "only the cost of sign-ins, and whether their time reveals who has an account" },
    { args: "| tee bench.txt", description: "also saves them to a file" },
  ],
  run: async ({ arguments: { subject } }) => (await import("../tools/bench/bench.ts")).bench(subject),
});

if (import.meta.main) await runCommand(command);
