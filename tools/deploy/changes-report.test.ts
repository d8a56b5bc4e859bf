import { expect, it } from "vitest";
import { openTerminal } from "../command-line/terminal/terminal.ts";
import { ChangesReport, textOptions } from "./changes-report.ts";
import type { PlanJson } from "./plan/changes.ts";

const plan = (value: string): PlanJson => ({
  resource_changes: [
    {
      address: "aws_ssm_parameter.P",
      mode: "managed",
      change: {
        actions: ["update"],
        before: { name: "p", value: "canary-one" },
        after: { name: "p", value },
        before_sensitive: { value: true },
        after_sensitive: { value: true },
      },
    },
  ],
});

const stack = (name: string, ...dependencies: string[]) => ({ name, dependencies });

function report(json: boolean) {
  const written: string[] = [];
  const terminal = openTerminal({ write: (text: string | Uint8Array) => written.push(String(text)) > 0 }, {});
  return { written, report: new ChangesReport({ json, verbose: false, terminal }) };
}

it("prints text once, in the order of the stacks", () => {
  const { written, report: changes } = report(false);
  changes.add("sum", plan("canary-two"));
  changes.add("vpc", plan("canary-two"));
  changes.applied("vpc", true);
  changes.applied("sum", false);
  changes.applied("hello", true); // It had no changes.
  expect(written).toEqual([]);
  changes.print([stack("hello"), stack("sum", "vpc"), stack("vpc")]);
  expect(written).toHaveLength(1);
  expect(written[0]).toMatch(/^\nvpc\n[\s\S]*\nsum failed: [\s\S]*Applied: 1 changed in 1 stack\./);
  expect(written[0]).toContain("~ value = (sensitive value)");
  expect(written[0]).not.toContain("canary");
});

it("prints a line of JSON per stack at once, and no text", () => {
  const { written, report: changes } = report(true);
  changes.add("vpc", plan("canary-two"));
  changes.print([stack("vpc")]);
  expect(written.map((line) => JSON.parse(line))).toEqual([
    {
      type: "changes",
      stack: "vpc",
      resources: [
        { address: "aws_ssm_parameter.P", action: "update", attributes: [{ path: "value", sensitive: true }] },
      ],
      outputs: [],
    },
  ]);
});

it("prints nothing without changes", () => {
  const { written, report: changes } = report(false);
  changes.print([stack("vpc")]);
  expect(written).toEqual([]);
});

it("is as wide as the terminal, and unlimited in a file", () => {
  const write = () => true;
  const width = (stream: object) => textOptions(openTerminal({ write, ...stream }, {}), false).width;
  expect(width({ isTTY: true, columns: 80 })).toBe(80);
  expect(width({ isTTY: false, columns: 80 })).toBe(Number.POSITIVE_INFINITY);
  expect(width({})).toBe(Number.POSITIVE_INFINITY);
});
