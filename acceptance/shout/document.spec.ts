import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, inject, it } from "vitest";
import { command } from "../support/command.ts";

const { shoutUrl: url = "" } = inject("target");
const document = readFileSync(fileURLToPath(new URL("../../docs/systems/shout.md", import.meta.url)), "utf8");
/** `command # → answer` */
const examples = [...document.matchAll(/^(curl .*?) +# → (.*)$/gm)].map(([, line = "", answer = ""]) => [line, answer]);

it("has examples", () => {
  expect(examples.length).toBeGreaterThan(2);
});

it.skipIf(url === "").each(examples)("answers as the document says: %s", async (line, answer) => {
  const { stdout } = await command("sh", ["-c", line.replace("http://HOST", url)]);
  expect(stdout).toBe(answer);
});
