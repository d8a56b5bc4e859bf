import { openTerminal, type Terminal } from "../command-line/terminal/terminal.ts";
import { inDeploymentOrder, type Ordered } from "./deployment-order.ts";
import { type ChangesTextOptions, changesText, type StackChanges } from "./diff/changes-text.ts";
import { stackFacts } from "./diff/facts.ts";
import { stackDiff } from "./diff/stack-diff.ts";
import type { PlanJson } from "./plan/changes.ts";

export interface ChangesReportOptions {
  readonly json: boolean;
  /** Show attributes that do not change, and long values in full. */
  readonly verbose: boolean;
  readonly terminal: Terminal;
}

/**
 * Prints what stacks change. Stacks are worked on in parallel, so the text for people is printed at the end, in the
 * order of the stacks; for programs, each stack is one line as soon as its changes are known.
 */
export class ChangesReport {
  readonly #options: ChangesReportOptions;
  readonly #changes = new Map<string, StackChanges>();

  constructor(options: ChangesReportOptions) {
    this.#options = options;
  }

  /** @param plan with changes; one without is not to be reported. */
  add(stack: string, plan: PlanJson): void {
    const diff = stackDiff(plan);
    this.#changes.set(stack, { stack, diff, tense: "planned" });
    const { json, terminal } = this.#options;
    if (json) terminal.write(`${JSON.stringify({ type: "changes", stack, ...stackFacts(diff) })}\n`);
  }

  /** The changes of a stack were applied, or a part of them until an error. */
  applied(stack: string, succeeded: boolean): void {
    const changes = this.#changes.get(stack);
    if (changes) this.#changes.set(stack, { ...changes, tense: succeeded ? "applied" : "failed" });
  }

  /** Prints the text for people. @param stacks all stacks. */
  print(stacks: readonly Ordered[]): void {
    const { json, verbose, terminal } = this.#options;
    const changes = inDeploymentOrder(stacks).flatMap(({ name }) => this.#changes.get(name) ?? []);
    if (json || changes.length === 0) return;
    terminal.write(`\n${changesText(changes, textOptions(terminal, verbose))}\n`);
  }
}

/** The layout of a text for an output: as wide as the terminal; unlimited in a file, where long lines can be found. */
export function textOptions(terminal: Terminal, verbose: boolean): ChangesTextOptions {
  const width = terminal.isLive ? terminal.size().columns : Number.POSITIVE_INFINITY;
  return { paint: (format, text) => terminal.style(format, text), width, verbose };
}

/** A report on standard output; the progress is on standard error. */
export function openChangesReport(options: Omit<ChangesReportOptions, "terminal">): ChangesReport {
  return new ChangesReport({ ...options, terminal: openTerminal(process.stdout) });
}
