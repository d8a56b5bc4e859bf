import type { Tally } from "../tools/checks/reporter.ts";
import type { Progress } from "../tools/deploy/progress.ts";
import type { TerraformEvent } from "../tools/deploy/terraform.ts";
import type { Refused } from "./gaps.ts";

interface Verdict {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly reason: string;
}

/** What the run found, each thing counted once. */
export class Verdicts {
  readonly #verdicts: Verdict[] = [];
  readonly #gaps: { readonly name: string; readonly reason: string }[] = [];

  pass(name: string): void {
    this.#verdicts.push({ name, outcome: "passed", reason: "" });
  }

  fail(name: string, reason: string): void {
    this.#verdicts.push({ name, outcome: "failed", reason });
  }

  skip(name: string, reason: string): void {
    this.#verdicts.push({ name, outcome: "skipped", reason });
  }

  /**
   * A known gap of the emulator was looked for.
   *
   * @param complaint what is wrong with its entry in the table; undefined when it is as the table says.
   */
  gap(name: string, reason: string, complaint?: string): void {
    this.#gaps.push({ name, reason });
    if (complaint === undefined) this.pass(name);
    else this.fail(name, complaint);
  }

  /**
   * Records how each stack ends, and tells `progress` everything.
   *
   * @param deed what is done to the stacks.
   * @param refused stacks that the emulator must fail, and how.
   */
  recording(progress: Progress, deed: string, refused: readonly Refused[] = []): Progress {
    const refusalOf = (stack: string) => refused.find((gap) => gap.stack === stack);
    const nameOf = ({ stack, address }: Refused) => `${stack}: ${address}`;
    return {
      begin: (stack: string, phase: string) => progress.begin(stack, phase),
      event: (stack: string, event: TerraformEvent) => progress.event(stack, event),
      done: (stack, summary) => {
        this.pass(`${deed} ${stack}`);
        const gap = refusalOf(stack);
        if (gap) this.gap(nameOf(gap), gap.reason, "is in the table of gaps, and the emulator takes it now");
        progress.done(stack, summary);
      },
      fail: (stack, errors) => {
        const gap = refusalOf(stack);
        if (gap && errors.includes(gap.error)) {
          this.gap(nameOf(gap), gap.reason);
          progress.done(stack, "as far as the emulator goes");
          return;
        }
        this.fail(`${deed} ${stack}`, errors);
        progress.fail(stack, errors);
      },
      skip: (stack, because) => {
        this.skip(`${deed} ${stack}`, `${because} did not succeed`);
        progress.skip(stack, because);
      },
    };
  }

  get failed(): boolean {
    return this.tally.failed > 0;
  }

  get tally(): Tally {
    const of = (outcome: Verdict["outcome"]) => this.#verdicts.filter((verdict) => verdict.outcome === outcome);
    return { passed: of("passed").length, failed: of("failed").length, skipped: of("skipped") };
  }

  /** What fell short, and as the last line the counts. */
  report(print: (line: string) => void): void {
    if (this.#gaps.length > 0) {
      print("\nWhere the emulator falls short of AWS:");
      const width = Math.max(...this.#gaps.map(({ name }) => name.length));
      for (const { name, reason } of this.#gaps) print(`  ${name.padEnd(width)}  ${reason}`);
    }
    for (const { name, outcome, reason } of this.#verdicts) {
      if (outcome !== "passed") print(`\n${outcome}: ${name}: ${reason}`);
    }
    const { passed, failed, skipped } = this.tally;
    print(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  }
}
