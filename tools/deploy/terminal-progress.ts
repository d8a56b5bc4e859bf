import type { TerraformEvent } from "../terraform/terraform.ts";
import type { ReportedProgress } from "./progress.ts";

interface Line {
  text: string;
  startedAt: number | undefined;
  applied: number;
  planned: number;
}

/** `2 to add, 1 to destroy`. */
function plannedText({ add, change, remove }: NonNullable<TerraformEvent["changes"]>): string {
  const parts = [`${add} to add`, `${change} to change`, `${remove} to destroy`];
  return parts.filter((part) => !part.startsWith("0 ")).join(", ");
}

const CLEAR_LINE = "\u001b[2K";
const moveUp = (lines: number) => (lines > 0 ? `\u001b[${lines}A` : "");

/**
 * One line per stack, redrawn in place on a terminal; elsewhere, a plain line when a stack is done, failed or skipped.
 */
export class TerminalProgress implements ReportedProgress {
  readonly #output: NodeJS.WriteStream;
  readonly #now: () => number;
  readonly #lines: Map<string, Line>;
  readonly #width: number;
  readonly #failures: [string, string][] = [];

  constructor(stacks: readonly string[], output: NodeJS.WriteStream, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
    this.#lines = new Map(
      stacks.map((name) => [name, { text: "waiting", startedAt: undefined, applied: 0, planned: 0 }]),
    );
    this.#width = Math.max(...stacks.map((name) => name.length));
    if (this.#redraws) this.#draw(0);
  }

  begin(stack: string, phase: string): void {
    const line = this.#line(stack);
    line.startedAt ??= this.#now();
    this.#update(line, phase);
  }

  event(stack: string, { type, changes }: TerraformEvent): void {
    const line = this.#line(stack);
    if (type === "change_summary" && changes?.operation === "plan") {
      line.planned = changes.add + changes.change + changes.remove;
      line.applied = 0;
      if (line.planned > 0) this.#update(line, plannedText(changes));
    } else if (type === "apply_start" || type === "apply_complete") {
      if (line.planned === 0) return; // Data sources are read during the plan.
      if (type === "apply_complete") line.applied += 1;
      this.#update(line, `applying ${Math.min(line.applied + 1, line.planned)} of ${line.planned}`);
    }
  }

  done(stack: string, summary: string): void {
    this.#end(stack, `${summary} in ${this.#seconds(stack)} s`);
  }

  fail(stack: string, errors: string): void {
    this.#failures.push([stack, errors]);
    this.#end(stack, `failed after ${this.#seconds(stack)} s`);
  }

  skip(stack: string, because: string): void {
    this.#end(stack, `skipped, because ${because} did not succeed`);
  }

  /** Prints the errors below the lines. Call when everything has ended. */
  report(): void {
    for (const [stack, errors] of this.#failures) this.#output.write(`\n${stack}:\n${errors}\n`);
  }

  get #redraws(): boolean {
    return this.#output.isTTY === true;
  }

  #line(stack: string): Line {
    const line = this.#lines.get(stack);
    if (!line) throw new Error(`There is no stack "${stack}".`);
    return line;
  }

  #seconds(stack: string): string {
    const { startedAt = this.#now() } = this.#line(stack);
    return ((this.#now() - startedAt) / 1000).toFixed(1);
  }

  #update(line: Line, text: string): void {
    line.text = text;
    if (this.#redraws) this.#draw(this.#lines.size);
  }

  #end(stack: string, text: string): void {
    this.#update(this.#line(stack), text);
    if (!this.#redraws) this.#output.write(`${this.#render(stack, text)}\n`);
  }

  #draw(drawn: number): void {
    const lines = [...this.#lines].map(([stack, { text }]) => `${CLEAR_LINE}${this.#render(stack, text)}\n`);
    this.#output.write(moveUp(drawn) + lines.join(""));
  }

  #render(stack: string, text: string): string {
    return `  ${stack.padEnd(this.#width)}  ${text}`;
  }
}
