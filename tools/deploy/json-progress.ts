import { type Report, StackLines } from "./progress.ts";
import type { TerraformEvent } from "./terraform.ts";

/** What programs read: one JSON object a line, each of a stack and the phase that it has come to. */
export class JsonLines implements Report {
  readonly #write: (line: string) => void;
  readonly #now: () => number;
  readonly #startedAt = new Map<string, number>();

  constructor(write: (line: string) => void, now: () => number = () => performance.now()) {
    this.#write = write;
    this.#now = now;
  }

  begin(stack: string, phase: string): void {
    if (!this.#startedAt.has(stack)) this.#startedAt.set(stack, this.#now());
    this.#tell(stack, phase, {});
  }

  event(stack: string, { type, changes }: TerraformEvent): void {
    if (type !== "change_summary" || !changes) return;
    const { operation, add, change, remove } = changes;
    this.#tell(stack, operation === "plan" ? "planned" : "applied", { counts: { add, change, remove } });
  }

  done(stack: string, summary: string): void {
    this.#tell(stack, "done", { summary, seconds: this.#seconds(stack) });
  }

  fail(stack: string, error: string): void {
    this.#tell(stack, "failed", { error, seconds: this.#seconds(stack) });
  }

  skip(stack: string, because: string): void {
    this.#tell(stack, "skipped", { because });
  }

  report(): void {}

  #tell(stack: string, phase: string, facts: object): void {
    this.#write(JSON.stringify({ type: "stack", stack, phase, ...facts }));
  }

  #seconds(stack: string): number {
    const now = this.#now();
    return Math.round((now - (this.#startedAt.get(stack) ?? now)) / 100) / 10;
  }
}

/** For persons on standard error, and for programs on standard output. */
export function openProgress(stacks: readonly { readonly name: string }[], json: boolean | undefined): Report {
  if (json) return new JsonLines(console.log);
  return new StackLines(
    stacks.map(({ name }) => name),
    process.stderr,
  );
}
