import { expect, it } from "vitest";
import { StackLines } from "./progress.ts";

/** A standard error that remembers, as a terminal or as a file. */
function output(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { written, stream };
}

/** What the last drawing shows, a line per stack. */
const shown = (written: readonly string[]) =>
  (written.at(-1) ?? "")
    .split("\u001b[2K")
    .slice(1)
    .map((line) => line.trim());

const planned = { operation: "plan", add: 1, change: 0, remove: 1 };

it("shows on a terminal how each stack comes along", () => {
  const { written, stream } = output(true);
  let now = 0;
  const lines = new StackLines(["vpc", "secrets"], stream, () => now);
  expect(shown(written)).toEqual(["vpc      waiting", "secrets  waiting"]);
  lines.begin("vpc", "planning");
  lines.event("vpc", { type: "apply_start" }); // of data
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

it("writes elsewhere one line when a stack has ended, and the errors at the end", () => {
  const { written, stream } = output(false);
  const lines = new StackLines(["vpc", "secrets"], stream, () => 0);
  lines.begin("vpc", "planning");
  lines.event("vpc", { type: "change_summary", changes: planned });
  lines.fail("vpc", "no right");
  lines.skip("secrets", "vpc");
  lines.report();
  expect(written).toEqual([
    "  vpc      failed after 0.0 s\n",
    "  secrets  skipped, because vpc did not succeed\n",
    "\nvpc:\nno right\n",
  ]);
});
