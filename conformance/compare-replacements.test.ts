import type { ObjectValue, Schema } from "@nv-demo/local-aws/schema";
import { describe, expect, it } from "vitest";
import { compareReplacements } from "./compare-replacements.ts";
import type { KnownDifference } from "./known-differences.ts";
import { Results } from "./results.ts";

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
  ["aws_x.Main", { type: "aws_x", values: { id: "1", arn: "arn", name: "a", mode: "on", disk: [{ path: "/a" }] } }],
]);

/**
 * A provider that replaces a resource when one of `replacing` changes, and rejects plans that change one of `refused`.
 */
function provider(replacing: readonly string[], refused: readonly string[] = []) {
  const planned: string[] = [];
  return {
    planned,
    plan: async (_type: string, _form: unknown, prior: unknown, _config: unknown, proposed: unknown) => {
      const [before, after] = [prior as ObjectValue, proposed as ObjectValue];
      const changed = Object.keys(after).filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
      planned.push(...changed);
      const errors = changed.filter((name) => refused.includes(name));
      return { planned: after, replacedBy: changed.filter((name) => replacing.includes(name)), errors };
    },
  };
}

const KNOWN: KnownDifference[] = [
  { type: "aws_x", attributes: ["size"], reason: "only the real provider replaces it" },
];

async function report(
  real: ReturnType<typeof provider>,
  minimumTypes = 1,
  known: KnownDifference[] = [],
): Promise<string[]> {
  const results = new Results();
  const scope = { complete: true, minimumTypes };
  await compareReplacements(real, { aws_x: SCHEMA }, new Map([["stack", STATE]]), known, scope, results);
  const lines: string[] = [];
  results.print((text) => lines.push(...text.trim().split("\n")));
  return lines;
}

describe("compareReplacements", () => {
  it("changes one argument at a time, including those in blocks, but no computed attributes", async () => {
    const real = provider(["name", "disk"]);
    expect(await report(real)).toEqual(["1 passed, 0 failed, 0 skipped"]);
    expect(real.planned).toEqual(["name", "size", "mode", "disk"]);
  });

  it("fails if only one provider replaces the resource, whichever it is", async () => {
    expect(await report(provider(["size", "disk"]))).toEqual([
      "failed: same replacements for 4 changes of 1 resource types: the local provider differs:",
      "  aws_x.name: only the local provider replaces it",
      "  aws_x.size: only the real provider replaces it",
      "0 passed, 1 failed, 0 skipped",
    ]);
  });

  it("ignores a change that the real provider rejects", async () => {
    expect(await report(provider(["disk"], ["name"]))).toEqual(["1 passed, 0 failed, 0 skipped"]);
  });

  it("accepts a known difference, and fails if it does not occur", async () => {
    expect(await report(provider(["name", "size", "disk"]), 1, KNOWN)).toEqual(["1 passed, 0 failed, 0 skipped"]);
    expect((await report(provider(["name", "disk"]), 1, KNOWN)).at(-1)).toBe("1 passed, 1 failed, 0 skipped");
  });

  it("fails if fewer types than expected are compared", async () => {
    expect((await report(provider(["name", "disk"]), 2)).at(-1)).toBe("0 passed, 1 failed, 0 skipped");
  });
});
