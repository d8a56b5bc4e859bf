import { describe, expect, it } from "vitest";
import { planResource, replacedBy } from "./plan.ts";
import type { Block } from "./schema.ts";
import { UNKNOWN } from "./unknown.ts";

const block: Block = {
  attributes: {
    id: { type: "string", computed: true },
    name: { type: "string", required: true, force_new: true },
    size: { type: "number", optional: true, default: 10 },
    zone: { type: "string", optional: true, computed: true },
    password: { type: "string", optional: true, write_only: true },
  },
  block_types: {
    rule: {
      nesting_mode: "set",
      block: {
        attributes: {
          port: { type: "number", required: true },
          id: { type: "string", computed: true },
          open: { type: "bool", optional: true, default: false },
        },
      },
    },
    disk: {
      nesting_mode: "list",
      block: { attributes: { path: { type: "string", required: true, force_new: true } } },
    },
  },
};
const nothing = { id: null, size: null, zone: null, password: null, rule: [], disk: [] };

describe("planResource", () => {
  it("marks computed values unknown, fills in defaults, and leaves out write-only values", () => {
    const config = { ...nothing, name: "a", password: "secret" };
    const { planned, usedDefault } = planResource(block, null, config, config);
    expect(planned).toEqual({ ...nothing, name: "a", id: UNKNOWN, zone: UNKNOWN, size: 10, password: null });
    expect(usedDefault).toBe(true);
  });

  it("keeps computed values on update, null included", () => {
    const prior = { ...nothing, id: "i-1", name: "a", size: 10 };
    const config = { ...nothing, name: "a", size: 20 };
    const { planned } = planResource(block, prior, config, { ...prior, size: 20 });
    expect(planned).toEqual({ ...prior, size: 20 });
  });

  it("matches set elements with prior ones by their known values, so that a second plan is empty", () => {
    const prior = {
      ...nothing,
      id: "i-1",
      name: "a",
      size: 10,
      rule: [
        { port: 80, id: "r-80", open: false },
        { port: 443, id: "r-443", open: true },
      ],
    };
    const rule = [
      { port: 443, id: null, open: true },
      { port: 80, id: null, open: null },
      { port: 22, id: null, open: null },
    ];
    const config = { ...nothing, name: "a", rule };
    const { planned } = planResource(block, prior, config, { ...prior, rule });
    expect(planned.rule).toEqual([prior.rule[1], prior.rule[0], { port: 22, id: UNKNOWN, open: false }]);
  });
});

describe("replacedBy", () => {
  const prior = { ...nothing, id: "i-1", name: "a", size: 10, disk: [{ path: "/a" }] };

  it("names the arguments whose change replaces the resource, unknown values included", () => {
    expect(replacedBy(block, prior, { ...prior, size: 20 })).toEqual([]);
    expect(replacedBy(block, prior, { ...prior, name: "b" })).toEqual(["name"]);
    expect(replacedBy(block, prior, { ...prior, name: UNKNOWN })).toEqual(["name"]);
  });

  it("includes arguments of nested blocks", () => {
    expect(replacedBy(block, prior, { ...prior, disk: [{ path: "/b" }] })).toEqual(["disk"]);
    expect(replacedBy(block, prior, { ...prior, disk: [] })).toEqual(["disk"]);
    expect(replacedBy(block, prior, structuredClone(prior))).toEqual([]);
  });

  it("replaces when another alternative argument is set, not when the value of the set one changes", () => {
    const rule: Block = {
      attributes: { ipv4: { type: "string", optional: true }, ipv6: { type: "string", optional: true } },
      replaced_when_switched: ["ipv4", "ipv6"],
    };
    const before = { ipv4: "10.0.0.0/8", ipv6: null };
    expect(replacedBy(rule, before, { ...before, ipv4: "10.1.0.0/16" })).toEqual([]);
    expect(replacedBy(rule, before, { ipv4: null, ipv6: "::/0" })).toEqual(["ipv4", "ipv6"]);
  });
});
