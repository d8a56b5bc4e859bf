import { describe, expect, it } from "vitest";
import { changesOf, isKnownChange, type Plan } from "./plan-changes.ts";

type Values = Readonly<Record<string, unknown>>;

const plan = (actions: string[], before: Values | null, after: Values | null, after_unknown: Values = {}): Plan => ({
  resource_changes: [{ address: "aws_x.Main", type: "aws_x", change: { actions, before, after, after_unknown } }],
});

describe("changesOf", () => {
  it("returns the changed arguments, without computed attributes and empty values", () => {
    const before = { name: "a", note: "", arn: "arn:1", tags: { A: "1" } };
    const after = { name: "b", note: null, tags: { A: "1" } };
    expect(changesOf(plan(["update"], before, after, { arn: true }))).toEqual([
      { address: "aws_x.Main", type: "aws_x", attributes: ["name"] },
    ]);
  });

  it("returns attributes that are known after apply if there is no other change", () => {
    const later = plan(["update"], { name: "a", version: "1" }, { name: "a" }, { version: true });
    expect(changesOf(later)).toMatchObject([{ attributes: ["version"] }]);
  });

  it("ignores unchanged resources and data sources", () => {
    expect(changesOf(plan(["no-op"], { name: "a" }, { name: "a" }))).toEqual([]);
    expect(changesOf(plan(["read"], null, { name: "a" }))).toEqual([]);
    expect(changesOf({})).toEqual([]);
  });

  it("returns a changed output", () => {
    const outputs = { url: { actions: ["update"] }, same: { actions: ["no-op"] } };
    expect(changesOf({ output_changes: outputs })).toEqual([
      { address: "output.url", type: "output", attributes: ["value"] },
    ]);
  });

  it("returns a created or destroyed resource without attributes", () => {
    expect(changesOf(plan(["create"], null, { name: "a" }))).toMatchObject([{ attributes: [] }]);
    expect(changesOf(plan(["delete"], { name: "a" }, null))).toMatchObject([{ attributes: [] }]);
  });
});

describe("isKnownChange", () => {
  const gap = { types: ["aws_w", "aws_x"], attributes: ["description"], reason: "not stored" };
  const change = { address: "aws_x.Main", type: "aws_x" };

  it("matches only the listed arguments of the listed types", () => {
    expect(isKnownChange({ ...change, attributes: ["description"] }, gap)).toBe(true);
    expect(isKnownChange({ ...change, attributes: ["description", "port"] }, gap)).toBe(false);
    expect(isKnownChange({ ...change, type: "aws_y", attributes: ["description"] }, gap)).toBe(false);
  });

  it("does not match a created or destroyed resource", () => {
    expect(isKnownChange({ ...change, attributes: [] }, gap)).toBe(false);
  });
});
