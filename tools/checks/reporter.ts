import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** What a run of checks came to, for the closing line of `npm test`. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** Writes the tally of a vitest run to the file named by `NV_DEMO_TALLY`, beside whatever other reporters print. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const results = tests.map((test) => ({ name: test.fullName, result: test.result() }));
    const broken = modules.filter((module) => module.errors().length > 0).length; // a file that could not even be read has no tests
    const tally: Tally = {
      passed: results.filter(({ result }) => result.state === "passed").length,
      failed: results.filter(({ result }) => result.state === "failed").length + broken + errors.length,
      skipped: results.flatMap(({ name, result }) =>
        result.state === "skipped" ? [{ name, reason: result.note ?? "no reason given" }] : [],
      ),
    };
    const file = process.env.NV_DEMO_TALLY;
    if (file) writeFileSync(file, JSON.stringify(tally));
  }
}
