import { expect, inject, it } from "vitest";
import { command } from "../support/command.ts";
import { examplesOf } from "../support/examples.ts";

const { live: url = "" } = inject("target").releasesUrls;
const examples = examplesOf("releases");

it("contains examples", () => {
  expect(examples.length).toBeGreaterThan(1);
});

it.skipIf(url === "").each(examples)("returns the documented output: %s", async (line, expected) => {
  const { stdout } = await command("sh", ["-c", line.replace("https://HOST/live", url)]);
  expect(stdout).toMatch(new RegExp(`^${expected.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", '[^"]+')}$`));
});
