import { JsonProgress } from "./json-progress.ts";
import type { ReportedProgress } from "./progress.ts";
import { TerminalProgress } from "./terminal-progress.ts";

/** @param json lines of JSON on standard output, for programs; otherwise text on standard error, for people. */
export function openProgress(stacks: readonly { readonly name: string }[], json: boolean): ReportedProgress {
  if (json) return new JsonProgress(console.log);
  return new TerminalProgress(
    stacks.map(({ name }) => name),
    process.stderr,
  );
}
