import { expect, inject, it } from "vitest";
import { command } from "../support/command.ts";
import { examplesOf } from "../support/examples.ts";

const { sumUrl: url = "" } = inject("target");
const examples = examplesOf("sum");

it("has examples", () => {
  expect(examples.length).toBeGreaterThan(4);
});

it.skipIf(url === "").each(examples)("answers as the document says: %s", async (line, answer) => {
  const { stdout } = await command("sh", ["-c", line.replace("http://HOST", url)]);
  expect(stdout.trim()).toBe(answer);
});
