import { expect, inject, it } from "vitest";
import { command } from "../support/command.ts";
import { examplesOf } from "../support/examples.ts";

const { live: url = "" } = inject("target").helloUrls;
const examples = examplesOf("hello");

it("contains examples", () => {
  expect(examples.length).toBeGreaterThan(5);
});

it.skipIf(url === "").each(examples)("returns the documented output: %s", async (line, expected) => {
  const { stdout } = await command("sh", ["-c", line.replace("https://HOST", url)]);
  // The number of days depends on the current date.
  const birthday = /Happy birthday!|Your birthday is in \d+ day\(s\)/;
  expect(stdout.replace(birthday, "Your birthday is in N day(s)")).toBe(expected);
});
