import type { Progress } from "../progress.ts";

/** Records how each stack ended. */
export class RecordedProgress implements Progress {
  readonly ends: Record<string, string> = {};

  begin(): void {}
  event(): void {}

  done(stack: string, summary: string): void {
    this.ends[stack] = summary;
  }

  fail(stack: string, errors: string): void {
    this.ends[stack] = `failed: ${errors}`;
  }

  skip(stack: string, because: string): void {
    this.ends[stack] = `skipped: ${because}`;
  }
}
