import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** The counts of a run, for the summary of `npm test`. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** The files with tests, with the milliseconds that each took. */
  readonly files: readonly { readonly name: string; readonly duration: number }[];
}

/** A vitest reporter that writes the counts of a run to the file in `NV_DEMO_TALLY`. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const results = tests.map((test) => ({ name: test.fullName, result: test.result() }));
    // A file that failed to load has no tests.
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const tally: Tally = {
      passed: results.filter(({ result }) => result.state === "passed").length,
      failed: results.filter(({ result }) => result.state === "failed").length + broken + errors.length,
      skipped: results.flatMap(({ name, result }) =>
        result.state === "skipped" ? [{ name, reason: result.note ?? "no reason given" }] : [],
      ),
      files: modules.map((module) => ({ name: module.relativeModuleId, duration: module.diagnostic().duration })),
    };
    const file = process.env.NV_DEMO_TALLY;
    if (file) writeFileSync(file, JSON.stringify(tally));
  }
}
