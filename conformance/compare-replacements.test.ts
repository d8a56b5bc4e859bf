import type { ObjectValue, Schema } from "@nv-demo/local-aws/schema";
import { describe, expect, it } from "vitest";
import { compareReplacements } from "./compare-replacements.ts";
import type { KnownDifference } from "./known-differences.ts";
import { Verdicts } from "./verdicts.ts";

const SCHEMA: Schema = {
  version: 0,
  block: {
    attributes: {
      id: { type: "string", computed: true, optional: true },
      arn: { type: "string", computed: true },
      name: { type: "string", required: true, force_new: true },
      size: { type: "number", optional: true },
      mode: { type: "string", optional: true, one_of: ["on", "off"] },
    },
    block_types: {
      disk: {
        nesting_mode: "list",
        block: { attributes: { path: { type: "string", required: true, force_new: true } } },
      },
    },
  },
};
const STATE = new Map([
  ["aws_x.Thing", { type: "aws_x", values: { id: "1", arn: "arn", name: "a", mode: "on", disk: [{ path: "/a" }] } }],
]);

/** A provider that replaces for these arguments, and plans nothing for those. */
function provider(replacing: readonly string[], refused: readonly string[] = []) {
  const asked: string[] = [];
  return {
    asked,
    plan: async (_type: string, _form: unknown, prior: unknown, _config: unknown, proposed: unknown) => {
      const [before, after] = [prior as ObjectValue, proposed as ObjectValue];
      const changed = Object.keys(after).filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
      asked.push(...changed);
      const errors = changed.filter((name) => refused.includes(name));
      return { planned: after, replacedBy: changed.filter((name) => replacing.includes(name)), errors };
    },
  };
}

const KNOWN: KnownDifference[] = [{ type: "aws_x", attributes: ["size"], reason: "the real one replaces it" }];

async function report(real: ReturnType<typeof provider>, types = 1, known: KnownDifference[] = []): Promise<string[]> {
  const verdicts = new Verdicts();
  const scope = { whole: true, types };
  await compareReplacements(real, { aws_x: SCHEMA }, new Map([["stack", STATE]]), known, scope, verdicts);
  const lines: string[] = [];
  verdicts.report((text) => lines.push(...text.trim().split("\n")));
  return lines;
}

describe("compareReplacements", () => {
  it("changes each argument alone, in blocks too, and nothing that AWS computes", async () => {
    const real = provider(["name", "disk"]);
    expect(await report(real)).toEqual(["1 passed, 0 failed, 0 skipped"]);
    expect(real.asked).toEqual(["name", "size", "mode", "disk"]);
  });

  it("fails where one replaces and the other does not, in both directions", async () => {
    expect(await report(provider(["size", "disk"]))).toEqual([
      "failed: same replacements for 4 changes of 1 resource types: the local provider decides otherwise:",
      "  aws_x.name: only the local one replaces it",
      "  aws_x.size: only the real one replaces it",
      "0 passed, 1 failed, 0 skipped",
    ]);
  });

  it("says nothing of a change that the real provider does not plan", async () => {
    expect(await report(provider(["disk"], ["name"]))).toEqual(["1 passed, 0 failed, 0 skipped"]);
  });

  it("lets a known difference pass, and fails when it is gone", async () => {
    expect(await report(provider(["name", "size", "disk"]), 1, KNOWN)).toEqual(["1 passed, 0 failed, 0 skipped"]);
    expect((await report(provider(["name", "disk"]), 1, KNOWN)).at(-1)).toBe("1 passed, 1 failed, 0 skipped");
  });

  it("fails when there is too little to compare", async () => {
    expect((await report(provider(["name", "disk"]), 2)).at(-1)).toBe("0 passed, 1 failed, 0 skipped");
  });
});
