import { describe, expect, it } from "vitest";
import { changesOf, isExcused, type Plan } from "./changes.ts";

type Values = Readonly<Record<string, unknown>>;

const plan = (actions: string[], before: Values | null, after: Values | null, after_unknown: Values = {}): Plan => ({
  resource_changes: [{ address: "aws_x.Thing", type: "aws_x", change: { actions, before, after, after_unknown } }],
});

describe("changesOf", () => {
  it("names the arguments that change, and not those that are read anew or were only empty", () => {
    const before = { name: "a", note: "", arn: "arn:1", tags: { A: "1" } };
    const after = { name: "b", note: null, tags: { A: "1" } };
    expect(changesOf(plan(["update"], before, after, { arn: true }))).toEqual([
      { address: "aws_x.Thing", type: "aws_x", attributes: ["name"] },
    ]);
  });

  it("names what will only be known later where there is no other change", () => {
    const later = plan(["update"], { name: "a", version: "1" }, { name: "a" }, { version: true });
    expect(changesOf(later)).toMatchObject([{ attributes: ["version"] }]);
  });

  it("passes over what stays and what is only read", () => {
    expect(changesOf(plan(["no-op"], { name: "a" }, { name: "a" }))).toEqual([]);
    expect(changesOf(plan(["read"], null, { name: "a" }))).toEqual([]);
    expect(changesOf({})).toEqual([]);
  });

  it("counts an output that changes though no resource does", () => {
    const outputs = { url: { actions: ["update"] }, same: { actions: ["no-op"] } };
    expect(changesOf({ output_changes: outputs })).toEqual([
      { address: "output.url", type: "output", attributes: ["value"] },
    ]);
  });

  it("tells a resource that comes or goes without arguments", () => {
    expect(changesOf(plan(["create"], null, { name: "a" }))).toMatchObject([{ attributes: [] }]);
    expect(changesOf(plan(["delete"], { name: "a" }, null))).toMatchObject([{ attributes: [] }]);
  });
});

describe("isExcused", () => {
  const gap = { types: ["aws_w", "aws_x"], attributes: ["description"], reason: "the emulator forgets it" };
  const change = { address: "aws_x.Thing", type: "aws_x" };

  it("excuses the known arguments of the type and nothing beside them", () => {
    expect(isExcused({ ...change, attributes: ["description"] }, gap)).toBe(true);
    expect(isExcused({ ...change, attributes: ["description", "port"] }, gap)).toBe(false);
    expect(isExcused({ ...change, type: "aws_y", attributes: ["description"] }, gap)).toBe(false);
  });

  it("never excuses that a resource comes or goes", () => {
    expect(isExcused({ ...change, attributes: [] }, gap)).toBe(false);
  });
});
