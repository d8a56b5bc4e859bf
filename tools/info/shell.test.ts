import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { shellCommands } from "./shell.ts";

const VALUE = `it's $HOME "and" \`more\` \\ !`;

it("quotes values so that a shell evaluates none", () => {
  const commands = shellCommands({ GREETING: VALUE, OTHER: "plain" }, "posix");
  const { stdout } = spawnSync("sh", ["-c", `eval "$1"; printf '%s' "$GREETING$OTHER"`, "sh", commands]);
  expect(stdout.toString()).toBe(`${VALUE}plain`);
});

it("removes variables without a value", () => {
  const commands = shellCommands({ GREETING: undefined }, "posix");
  const { stdout } = spawnSync("sh", ["-c", `GREETING=hi; eval "$1"; printf '%s' "\${GREETING-gone}"`, "sh", commands]);
  expect(stdout.toString()).toBe("gone");
});

it("has the syntax of fish", () => {
  expect(shellCommands({ A: "it's \\", B: undefined }, "fish")).toBe("set -gx A 'it\\'s \\\\'\nset -e B");
});
