import { describe, expect, it } from "vitest";
import type { State } from "../state/state-store.ts";
import { type FakeResult, FakeTerraform } from "../testing/fake-terraform.ts";
import { RecordedProgress } from "../testing/recorded-progress.ts";
import { temporaryFolder, writeStacks } from "../testing/written-stacks.ts";
import { planStacks } from "./plan-stacks.ts";

const stacks = () =>
  writeStacks(
    { name: "frontend", reads: { postgres: ["endpoint"], vpc: ["subnets"] } },
    { name: "postgres", reads: { vpc: ["subnets"] } },
    { name: "vpc" },
    { name: "route53" },
  );

/** A plan that adds one resource and changes these outputs. */
const planOf = (...outputs: string[]) => ({
  resource_changes: [{ address: "aws_vpc.Main", mode: "managed", change: { actions: ["create"] } }],
  output_changes: {
    unchanged: { actions: ["no-op"] },
    ...Object.fromEntries(outputs.map((name) => [name, { actions: ["update"] }])),
  },
});

/** Plans with a fake Terraform that returns these plans; the other stacks have no changes. */
async function plan(
  plans: Readonly<Record<string, object>>,
  { names, states = {}, failing }: { names?: string[]; states?: Record<string, State>; failing?: string } = {},
) {
  const all = stacks();
  const respond = (stack: string, [command, ...options]: readonly string[]): FakeResult | undefined => {
    if (command === "plan" && stack === failing) return { code: 1, text: "access denied" };
    if (command === "plan") return { code: stack in plans ? 2 : 0 };
    return options[0] === "-json" ? { output: JSON.stringify(plans[stack] ?? {}) } : undefined;
  };
  const progress = new RecordedProgress();
  const found = await planStacks({
    stacks: all,
    chosen: all.filter(({ name }) => !names || names.includes(name)),
    terraform: new FakeTerraform(all, respond),
    states: { read: async ({ name }) => states[name] },
    parallelism: 2,
    progress,
    folder: temporaryFolder(),
  });
  return { found, ends: progress.ends };
}

const state = (...outputs: string[]): State => ({
  lineage: "",
  serial: 1,
  resources: [],
  outputs: Object.fromEntries(outputs.map((name) => [name, {}])),
});

describe("planStacks", () => {
  it("returns the changes of each stack", async () => {
    const { found, ends } = await plan({ vpc: planOf(), route53: planOf("zone") });
    expect(ends).toEqual({
      frontend: "no changes",
      postgres: "no changes",
      vpc: "1 to add",
      route53: "1 to add",
    });
    expect([...found.keys()]).toEqual(["frontend", "postgres", "vpc", "route53"]);
    expect(found.get("vpc")).toMatchObject({
      outcome: "changes",
      changes: { counts: { add: 1, change: 0, replace: 0, destroy: 0 }, outputs: [] },
      json: { resource_changes: [{ address: "aws_vpc.Main" }] },
    });
  });

  it("plans a stack in the next round if an output that it reads will change, and the stacks that read its outputs too", async () => {
    const { found, ends } = await plan({ postgres: planOf("endpoint") });
    expect(ends).toMatchObject({ vpc: "no changes", frontend: "to be planned after postgres" });
    expect(found.get("frontend")).toEqual({ outcome: "waiting", for: ["postgres"] });
    expect((await plan({ vpc: planOf("subnets") })).ends).toMatchObject({
      postgres: "to be planned after vpc",
      frontend: "to be planned after postgres, vpc",
    });
  });

  it("plans a stack if only outputs that it does not read will change", async () => {
    expect((await plan({ vpc: planOf("flow_log") })).ends).toMatchObject({ postgres: "no changes", vpc: "1 to add" });
  });

  it("plans a stack in the next round if the outputs that it reads neither exist nor are planned", async () => {
    const names = ["frontend"];
    expect((await plan({}, { names })).ends).toEqual({ frontend: "to be planned after postgres, vpc" });
    const states = { vpc: state("subnets"), postgres: state("other") };
    expect((await plan({}, { names, states })).ends).toEqual({ frontend: "to be planned after postgres" });
    const applied = { vpc: state("subnets"), postgres: state("endpoint") };
    expect((await plan({}, { names, states: applied })).ends).toEqual({ frontend: "no changes" });
  });

  it("skips the stacks that depend on a failed plan, and plans the others", async () => {
    const { found, ends } = await plan({}, { failing: "vpc" });
    expect(ends).toEqual({
      vpc: "failed: access denied",
      postgres: "skipped: vpc",
      frontend: "skipped: postgres",
      route53: "no changes",
    });
    expect(found.get("vpc")).toEqual({ outcome: "failed", error: "access denied" });
  });
});
