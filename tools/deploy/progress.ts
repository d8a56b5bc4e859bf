import type { TerraformEvent } from "../terraform/terraform.ts";

/** Receives the progress of each stack as it occurs. */
export interface Progress {
  begin(stack: string, phase: string): void;
  event(stack: string, event: TerraformEvent): void;
  done(stack: string, summary: string): void;
  fail(stack: string, errors: string): void;
  skip(stack: string, because: string): void;
}

/** A progress that prints a summary at the end. */
export interface ReportedProgress extends Progress {
  report(): void;
}

/** The same progress with some of its methods replaced. */
export function overrideProgress(progress: Progress, overrides: Partial<Progress>): Progress {
  return {
    begin: (stack, phase) => progress.begin(stack, phase),
    event: (stack, event) => progress.event(stack, event),
    done: (stack, summary) => progress.done(stack, summary),
    fail: (stack, errors) => progress.fail(stack, errors),
    skip: (stack, because) => progress.skip(stack, because),
    ...overrides,
  };
}
