import { expect, it } from "vitest";
import { TerminalProgress } from "./terminal-progress.ts";

/** A standard error that records what is written, as a terminal or as a file. */
function recordedOutput(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { written, stream };
}

/** The lines of the last drawing, one per stack. */
const shown = (written: readonly string[]) =>
  (written.at(-1) ?? "")
    .split("\u001b[2K")
    .slice(1)
    .map((line) => line.trim());

const planned = { operation: "plan", add: 1, change: 0, remove: 1 };

it("redraws the state of each stack on a terminal", () => {
  const { written, stream } = recordedOutput(true);
  let now = 0;
  const lines = new TerminalProgress(["vpc", "secrets"], stream, () => now);
  expect(shown(written)).toEqual(["vpc      waiting", "secrets  waiting"]);
  lines.begin("vpc", "planning");
  lines.event("vpc", { type: "apply_start" }); // Of a data source.
  lines.event("vpc", { type: "apply_complete" });
  expect(shown(written)[0]).toBe("vpc      planning");
  lines.event("vpc", { type: "change_summary", changes: planned });
  expect(shown(written)[0]).toBe("vpc      1 to add, 1 to destroy");
  lines.event("vpc", { type: "apply_start" });
  expect(shown(written)[0]).toBe("vpc      applying 1 of 2");
  lines.event("vpc", { type: "apply_complete" });
  expect(shown(written)[0]).toBe("vpc      applying 2 of 2");
  now = 3_210;
  lines.done("vpc", "1 added, 1 destroyed");
  expect(shown(written)).toEqual(["vpc      1 added, 1 destroyed in 3.2 s", "secrets  waiting"]);
});

it("writes one line per finished stack to a file, and the errors at the end", () => {
  const { written, stream } = recordedOutput(false);
  const lines = new TerminalProgress(["vpc", "secrets"], stream, () => 0);
  lines.begin("vpc", "planning");
  lines.event("vpc", { type: "change_summary", changes: planned });
  lines.fail("vpc", "access denied");
  lines.skip("secrets", "vpc");
  lines.report();
  expect(written).toEqual([
    "  vpc      failed after 0.0 s\n",
    "  secrets  skipped, because vpc did not succeed\n",
    "\nvpc:\naccess denied\n",
  ]);
});
