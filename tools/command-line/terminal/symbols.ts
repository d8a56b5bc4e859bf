import type { Terminal } from "./terminal.ts";

export type Status = "waiting" | "running" | "done" | "failed" | "interrupted" | "skipped";

const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const FRAME_MS = 100;

/** A symbol for a status, in its color. That of something that runs moves with the time. */
export function symbolOf(status: Status, terminal: Terminal, now: number): string {
  switch (status) {
    case "waiting":
      return terminal.style("dim", "·");
    case "running":
      return terminal.style("cyan", FRAMES[Math.floor(now / FRAME_MS) % FRAMES.length] ?? "");
    case "done":
      return terminal.style("green", "✔");
    case "failed":
      return terminal.style("red", "✖");
    case "interrupted":
      return terminal.style("yellow", "■");
    case "skipped":
      return terminal.style("yellow", "–");
  }
}
