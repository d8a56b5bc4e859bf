import { checkMillions } from "../tools/bench/list/table-sizes.ts";
import { subjects } from "../tools/bench/subjects.ts";
import { defineCommand, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "bench",
  section: "Maintainers",
  summary: "Measures synthesis, start, loads, sign-ins, traces, lists and searches",
  arguments: {
    subject: { description: `${subjects.join(" or ")}; default: all`, choices: subjects, optional: true },
  },
  options: {
    millions: {
      type: "string",
      value: "counts",
      description: "millions of files in the tables for list, separated by commas; default: 0.1",
      check: checkMillions,
    },
    write: { type: "boolean", description: "write the results of list to docs/benchmarks.md" },
  },
  examples: [
    { args: "", description: "prints all measurements" },
    { args: "load", description: "only how long the functions take to load, and their sizes" },
    { args: "sign-in", description: "only the cost of sign-ins, and whether their time reveals who has an account" },
    { args: "trace", description: "only what tracing adds to a call" },
    {
      args: "list --millions 1,5,20",
      description: "only lists, folders and searches, in three tables; the largest needs 25 GB and half an hour",
    },
    { args: "| tee bench.txt", description: "also saves them to a file" },
  ],
  run: async ({ arguments: { subject }, options: { millions, write } }) =>
    (await import("../tools/bench/bench.ts")).bench(subject, { millions, write }),
});

if (import.meta.main) await runCommand(command);
