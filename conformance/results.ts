import type { Tally } from "../tools/checks/reporter.ts";

interface Result {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly reason: string;
}

/** The results of a run. */
export class Results {
  readonly #results: Result[] = [];
  readonly #gaps: { readonly name: string; readonly reason: string }[] = [];

  pass(name: string): void {
    this.#results.push({ name, outcome: "passed", reason: "" });
  }

  fail(name: string, reason: string): void {
    this.#results.push({ name, outcome: "failed", reason });
  }

  skip(name: string, reason: string): void {
    this.#results.push({ name, outcome: "skipped", reason });
  }

  /**
   * Records the check of a known gap of the emulator.
   *
   * @param problem why its entry in the list of gaps is wrong; undefined if it is right.
   */
  gap(name: string, reason: string, problem?: string): void {
    this.#gaps.push({ name, reason });
    if (problem === undefined) this.pass(name);
    else this.fail(name, problem);
  }

  get failed(): boolean {
    return this.tally.failed > 0;
  }

  /** It has no files of tests. */
  get tally(): Tally {
    const of = (outcome: Result["outcome"]) => this.#results.filter((result) => result.outcome === outcome);
    return { passed: of("passed").length, failed: of("failed").length, skipped: of("skipped"), files: [] };
  }

  /** Prints the gaps, whatever did not pass, and as the last line the counts. */
  print(write: (line: string) => void): void {
    if (this.#gaps.length > 0) {
      write("\nWhere the emulator differs from AWS:");
      const width = Math.max(...this.#gaps.map(({ name }) => name.length));
      for (const { name, reason } of this.#gaps) write(`  ${name.padEnd(width)}  ${reason}`);
    }
    for (const { name, outcome, reason } of this.#results) {
      if (outcome !== "passed") write(`\n${outcome}: ${name}: ${reason}`);
    }
    const { passed, failed, skipped } = this.tally;
    write(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  }
}
