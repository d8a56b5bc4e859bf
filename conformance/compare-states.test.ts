import { describe, expect, it } from "vitest";
import { compareStates } from "./compare-states.ts";
import type { KnownDifference } from "./known-differences.ts";
import { Results } from "./results.ts";

const states = (values: Record<string, unknown>) =>
  new Map([["vpc", new Map([["aws_vpc.Main", { type: "aws_vpc", values }]])]]);
const KNOWN: KnownDifference[] = [{ type: "aws_vpc", attributes: ["dhcp_options_id"], reason: "not set locally" }];

const COMPLETE = { complete: true, minimumTypes: 1 };

function report(real: object, local: object, known: KnownDifference[], scope = COMPLETE): string[] {
  const results = new Results();
  compareStates(states({ ...real }), states({ ...local }), known, scope, results);
  const lines: string[] = [];
  results.print((line) => lines.push(line.trim()));
  return lines;
}

describe("compareStates", () => {
  it("passes if all values have the same form", () => {
    expect(report({ id: "vpc-0123456789abcdef0" }, { id: "vpc-fedcba98765432100" }, [])).toEqual([
      "1 passed, 0 failed, 0 skipped",
    ]);
  });

  it("fails for a difference and reports both forms", () => {
    expect(report({ owner_id: "123456789012" }, {}, [])).toEqual([
      "failed: same state for 1 resource types: the local provider differs:\n  aws_vpc.owner_id: real text, local absent",
      "0 passed, 1 failed, 0 skipped",
    ]);
  });

  it("fails if fewer types than expected are compared", () => {
    expect(report({ id: "1" }, { id: "1" }, [], { complete: true, minimumTypes: 2 }).at(-1)).toBe(
      "1 passed, 1 failed, 0 skipped",
    );
  });

  it("accepts a known difference, and fails if it does not occur in a complete run", () => {
    const options = { dhcp_options_id: "default" };
    expect(report(options, {}, KNOWN)).toEqual(["1 passed, 0 failed, 0 skipped"]);
    expect(report({}, {}, KNOWN).at(-1)).toBe("1 passed, 1 failed, 0 skipped");
    expect(report({}, {}, KNOWN, { ...COMPLETE, complete: false }).at(-1)).toBe("1 passed, 0 failed, 0 skipped");
  });
});
