import { defineCommand, runCommand } from "../tools/command-line/index.ts";

export const command = defineCommand({
  name: "test",
  section: "Daily",
  summary: "Runs everything that CI checks, or only some tests",
  description: "All checks run, even when others fail. The last line has the counts.",
  passthrough: {
    name: "vitest arguments",
    description:
      "--quick leaves out what is slow; others run only these tests: paths, where acceptance selects the acceptance " +
      "tests, or options of vitest, such as --changed",
  },
  examples: [
    { args: "", description: "lint, types, unit tests, acceptance tests and conformance" },
    { args: "--quick", description: "lint, types and the fast unit tests, for the inner loop" },
    { args: "--changed", description: "the unit tests that depend on uncommitted changes" },
    { args: "packages/local-aws/src/aws/s3", description: "the tests of one folder" },
    { args: "acceptance", description: "the acceptance tests" },
  ],
  exitCodes: { 1: "a check failed" },
  run: async ({ passthrough }) => (await import("../tools/test/run-checks.ts")).runChecks(passthrough),
});

if (import.meta.main) await runCommand(command);
