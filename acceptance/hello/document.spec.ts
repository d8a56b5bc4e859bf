import { expect, inject, it } from "vitest";
import { command } from "../support/command.ts";
import { examplesOf } from "../support/examples.ts";

const { live: url = "" } = inject("target").helloUrls;
const examples = examplesOf("hello");

it("has examples", () => {
  expect(examples.length).toBeGreaterThan(5);
});

it.skipIf(url === "").each(examples)("answers as the document says, in this order: %s", async (line, answer) => {
  const { stdout } = await command("sh", ["-c", line.replace("https://HOST", url)]);
  // how many days it is depends on the day
  const birthday = /Happy birthday!|Your birthday is in \d+ day\(s\)/;
  expect(stdout.replace(birthday, "Your birthday is in N day(s)")).toBe(answer);
});
