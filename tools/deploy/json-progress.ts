import type { TerraformEvent } from "../terraform/terraform.ts";
import type { ReportedProgress } from "./progress.ts";

/** Prints one line of JSON for each phase of each stack, for programs. */
export class JsonProgress implements ReportedProgress {
  readonly #write: (line: string) => void;
  readonly #now: () => number;
  readonly #startedAt = new Map<string, number>();

  constructor(write: (line: string) => void, now: () => number = () => performance.now()) {
    this.#write = write;
    this.#now = now;
  }

  begin(stack: string, phase: string): void {
    if (!this.#startedAt.has(stack)) this.#startedAt.set(stack, this.#now());
    this.#print(stack, phase, {});
  }

  event(stack: string, { type, changes }: TerraformEvent): void {
    if (type !== "change_summary" || !changes) return;
    const { operation, add, change, remove } = changes;
    this.#print(stack, operation === "plan" ? "planned" : "applied", { counts: { add, change, remove } });
  }

  done(stack: string, summary: string): void {
    this.#print(stack, "done", { summary, seconds: this.#seconds(stack) });
  }

  fail(stack: string, error: string): void {
    this.#print(stack, "failed", { error, seconds: this.#seconds(stack) });
  }

  skip(stack: string, because: string): void {
    this.#print(stack, "skipped", { because });
  }

  report(): void {}

  #print(stack: string, phase: string, details: object): void {
    this.#write(JSON.stringify({ type: "stack", stack, phase, ...details }));
  }

  #seconds(stack: string): number {
    const now = this.#now();
    return Math.round((now - (this.#startedAt.get(stack) ?? now)) / 100) / 10;
  }
}
