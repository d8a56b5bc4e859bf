import { defineCommand, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "format",
  section: "Daily",
  summary: "Formats every file, and fixes what the linter can fix",
  arguments: { paths: { description: "files and folders; default: all", optional: true, repeated: true } },
  examples: [
    { args: "", description: "the whole repository" },
    { args: "stacks tools", description: "two folders" },
  ],
  exitCodes: { 1: "the linter has found something that it cannot fix" },
  run: async ({ arguments: { paths } }) => {
    const { run } = await import("../tools/test/processes.ts");
    return run("biome", ["check", "--write", ...paths]);
  },
});

if (import.meta.main) await runCommand(command);
