import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { command } from "../support/command.ts";
import { ROOT } from "../support/root.ts";
import { target } from "../support/target.ts";

const variables = { NV_DEMO_ENVIRONMENT: "", NV_DEMO_DATA: target.dataDirectory };
const folder = join(ROOT, "docs", "runbooks");

/** The commands of the first checks of every runbook, each once, with the local deployment in place of `prod`. */
const checks = [
  ...new Set(
    globSync("*.md", { cwd: folder }).flatMap((page) =>
      [...readFileSync(join(folder, page), "utf8").matchAll(/^\d\. `(npm run [^`]+)`/gm)].map(([, line = ""]) =>
        line.replace(/ prod( |$)/, " local$1"),
      ),
    ),
  ),
];

/** `drift` and `plan` synthesize, so that one call has the stacks of all calls. */
const ofStacks = (name: string) => checks.filter((line) => line.startsWith(`npm run ${name} -- local `));
const others = checks.filter((line) => !/^npm run (drift|plan) /.test(line));
const shell = (script: string) => command("bash", ["-c", script], variables);

describe.skipIf(target.kind !== "local")("the first checks of the runbooks", () => {
  it.concurrent.each(others)("work: %s", async (line) => {
    const { code, output } = await shell(line);
    expect(code, output).toBe(0);
  });

  it.each(["drift", "plan"])("work: %s", { timeout: 180_000 }, async (name) => {
    const stacks = ofStacks(name).map((line) => line.split(" ").at(-1));
    expect(stacks.length).toBeGreaterThan(0);
    const { code, output } = await shell(`npm run ${name} -- local ${[...new Set(stacks)].join(" ")}`);
    expect([0, 2], output).toContain(code); // 2 is a difference, which other tests may have caused.
    expect(output).not.toMatch(/error/i);
  });
});
