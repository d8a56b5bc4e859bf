import { expect, inject, it } from "vitest";
import { command } from "../support/command.ts";
import { examplesOf } from "../support/examples.ts";

const { sumUrl: url = "" } = inject("target");
const examples = examplesOf("sum");

it("contains examples", () => {
  expect(examples.length).toBeGreaterThan(4);
});

it.skipIf(url === "").each(examples)("returns the documented output: %s", async (line, expected) => {
  const { stdout } = await command("sh", ["-c", line.replace("http://HOST", url)]);
  expect(stdout.trim()).toBe(expected);
});
