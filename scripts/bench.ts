import { defineCommand, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "bench",
  section: "Maintainers",
  summary: "Measures the synthesis, the start, and the loading of the bundles",
  examples: [
    { args: "", description: "prints all measurements" },
    { args: "| tee bench.txt", description: "also saves them to a file" },
  ],
  run: async () => (await import("../tools/bench/bench.ts")).bench(),
});

if (import.meta.main) await runCommand(command);
