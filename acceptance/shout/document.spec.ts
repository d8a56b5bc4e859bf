import { expect, inject, it } from "vitest";
import { command } from "../support/command.ts";
import { examplesOf } from "../support/examples.ts";

const { shoutUrl: url = "" } = inject("target");
const examples = examplesOf("shout");

it("contains examples", () => {
  expect(examples.length).toBeGreaterThan(2);
});

it.skipIf(url === "").each(examples)("returns the documented output: %s", async (line, expected) => {
  const { stdout } = await command("sh", ["-c", line.replace("http://HOST", url)]);
  expect(stdout).toBe(expected);
});
