import { subjects } from "../tools/bench/subjects.ts";
import { defineCommand, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "bench",
  section: "Maintainers",
  summary: "Measures the synthesis, the start, loads, sign-ins, lists and searches",
  arguments: {
    subject: { description: `${subjects.join(" or ")}; default: all`, choices: subjects, optional: true },
  },
  options: {
    rows: {
      type: "number",
      value: "count",
      description: "files in the table for list; default: 100000",
      minimum: 1_000,
      maximum: 100_000_000,
      integer: true,
    },
  },
  examples: [
    { args: "", description: "prints all measurements" },
    { args: "load", description: "only how long the functions take to load, and their sizes" },
    { args: "sign-in", description: "only the cost of sign-ins, and whether their time reveals who has an account" },
    { args: "list --rows 1000000", description: "only lists, folders and searches, in a table of a million files" },
    { args: "| tee bench.txt", description: "also saves them to a file" },
  ],
  run: async ({ arguments: { subject }, options: { rows } }) =>
    (await import("../tools/bench/bench.ts")).bench(subject, rows),
});

if (import.meta.main) await runCommand(command);
