import type { TerraformEvent } from "../terraform/terraform.ts";
import { isInterruption } from "./interrupted.ts";
import type { ReportedProgress } from "./progress.ts";

export interface JsonProgressOptions {
  /** Milliseconds. */
  readonly now?: () => number;
  /** Whether the command was interrupted, which then explains a failure. */
  readonly isInterrupted?: () => boolean;
}

/** Prints one line of JSON for each phase of each stack, for programs. */
export class JsonProgress implements ReportedProgress {
  readonly #write: (line: string) => void;
  readonly #now: () => number;
  readonly #isInterrupted: () => boolean;
  readonly #startedAt = new Map<string, number>();

  constructor(
    write: (line: string) => void,
    { now = () => performance.now(), isInterrupted = () => false }: JsonProgressOptions = {},
  ) {
    this.#write = write;
    this.#now = now;
    this.#isInterrupted = isInterrupted;
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
    const phase = this.#isInterrupted() && isInterruption(error) ? "interrupted" : "failed";
    this.#print(stack, phase, { error, seconds: this.#seconds(stack) });
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
