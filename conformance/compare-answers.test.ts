import { describe, expect, it } from "vitest";
import { compareAnswers } from "./compare-answers.ts";
import type { KnownDifference } from "./known-differences.ts";
import { Verdicts } from "./verdicts.ts";

const answers = (values: Record<string, unknown>) =>
  new Map([["vpc", new Map([["aws_vpc.Main", { type: "aws_vpc", values }]])]]);
const KNOWN: KnownDifference[] = [{ type: "aws_vpc", attributes: ["dhcp_options_id"], reason: "has none" }];

const WHOLE = { whole: true, types: 1 };

function report(real: object, local: object, known: KnownDifference[], scope = WHOLE): string[] {
  const verdicts = new Verdicts();
  compareAnswers(answers({ ...real }), answers({ ...local }), known, scope, verdicts);
  const lines: string[] = [];
  verdicts.report((line) => lines.push(line.trim()));
  return lines;
}

describe("compareAnswers", () => {
  it("passes when both answer alike", () => {
    expect(report({ id: "vpc-0123456789abcdef0" }, { id: "vpc-fedcba98765432100" }, [])).toEqual([
      "1 passed, 0 failed, 0 skipped",
    ]);
  });

  it("fails for a difference, and names both forms", () => {
    expect(report({ owner_id: "123456789012" }, {}, [])).toEqual([
      "failed: same answers for 1 resource types: the local provider answers otherwise:\n  aws_vpc.owner_id: text of the real one, absent of the local one",
      "0 passed, 1 failed, 0 skipped",
    ]);
  });

  it("fails when fewer types are compared than there must be, as when one provider answered nothing", () => {
    expect(report({ id: "1" }, { id: "1" }, [], { whole: true, types: 2 }).at(-1)).toBe(
      "1 passed, 1 failed, 0 skipped",
    );
  });

  it("lets a known difference pass, and fails when it is gone", () => {
    const options = { dhcp_options_id: "default" };
    expect(report(options, {}, KNOWN)).toEqual(["1 passed, 0 failed, 0 skipped"]);
    expect(report({}, {}, KNOWN).at(-1)).toBe("1 passed, 1 failed, 0 skipped");
    expect(report({}, {}, KNOWN, { ...WHOLE, whole: false }).at(-1)).toBe("1 passed, 0 failed, 0 skipped");
  });
});
