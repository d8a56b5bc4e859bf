import { expect, it } from "vitest";
import { Results } from "./results.ts";

function linesOf(results: Results): string[] {
  const lines: string[] = [];
  results.print((line) => lines.push(...line.split("\n")));
  return lines;
}

it("prints why something failed or was skipped, and the counts in the last line", () => {
  const results = new Results();
  results.pass("apply vpc");
  results.fail("apply postgres", "InvalidParameter");
  results.skip("apply frontend", "postgres did not succeed");
  expect(results.failed).toBe(true);
  const lines = linesOf(results);
  expect(lines).toContain("failed: apply postgres: InvalidParameter");
  expect(lines).toContain("skipped: apply frontend: postgres did not succeed");
  expect(lines.at(-1)).toBe("1 passed, 1 failed, 1 skipped");
});

it("prints all gaps of the emulator, and fails for one that is listed wrongly", () => {
  const results = new Results();
  results.gap("vpc: aws_flow_log", "the emulator does not store it");
  expect(results.failed).toBe(false);
  results.gap("monitoring: aws_synthetics_canary", "the emulator has none", "the emulator supports it now");
  expect(results.failed).toBe(true);
  const lines = linesOf(results);
  expect(lines).toContain("  vpc: aws_flow_log                  the emulator does not store it");
  expect(lines).toContain("failed: monitoring: aws_synthetics_canary: the emulator supports it now");
  expect(lines.at(-1)).toBe("1 passed, 1 failed, 0 skipped");
});
