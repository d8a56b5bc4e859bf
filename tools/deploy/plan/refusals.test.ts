import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { environment } from "../../../stacks/environment/environments.ts";
import type { State } from "../state/state-store.ts";
import { temporaryFolder, writeStacks } from "../testing/written-stacks.ts";
import { type PlanSet, readPlanSet, writePlanSet } from "./plan-set.ts";
import type { StackPlan } from "./plan-stacks.ts";
import { refuseStalePlans, refuseUnapprovedPlans } from "./refusals.ts";

const COMMIT = "c".repeat(40);
const STATE: State = { lineage: "one", serial: 7, outputs: {}, resources: [] };
const LOCAL = environment("local");

/** A plan set of two stacks on disk: `vpc` was applied before, `route53` never. */
async function planned() {
  const folder = temporaryFolder();
  const stacks = writeStacks({ name: "vpc" }, { name: "route53" }, { name: "secrets" }, { name: "frontend" });
  const states = { read: async ({ name }: { name: string }) => (name === "vpc" ? STATE : undefined) };
  const changes = {
    counts: { add: 0, change: 0, replace: 0, destroy: 1 },
    deletions: ["a.B"],
    replacements: [],
    outputs: [],
  };
  const plans = new Map<string, StackPlan>([
    ["frontend", { outcome: "waiting", for: ["vpc"] }],
    ["secrets", { outcome: "unchanged" }],
  ]);
  for (const name of ["vpc", "route53"]) {
    const file = join(folder, `${name}.tfplan`);
    writeFileSync(file, `plan of ${name}`);
    plans.set(name, { outcome: "changes", json: {}, changes, file });
  }
  const target = { environment: LOCAL, stacks, providerLock: "# versions" };
  const written = await writePlanSet(folder, target, COMMIT, plans, states);
  return { folder, target, states, written, read: readPlanSet(folder) };
}

describe("a plan set", () => {
  it("is read as it was written, with its hash", async () => {
    const { read, written } = await planned();
    expect(read).toEqual({ ...written, providerLock: "# versions" });
    expect(read.set).toMatchObject({ environment: "local", accountId: "000000000000", commit: COMMIT });
    expect(Object.keys(read.set.plans)).toEqual(["vpc", "route53"]);
    expect(read.set.plans.vpc?.state).toEqual({ lineage: "one", serial: 7 });
    expect(read.set.plans.route53?.state).toBeNull();
    expect(read.set).toMatchObject({ unchanged: ["secrets"], waiting: { frontend: ["vpc"] } });
  });

  it("throws where there is no plan.json, or one of another format", () => {
    const folder = temporaryFolder();
    expect(() => readPlanSet(folder)).toThrow("There is no plan.json");
    writeFileSync(join(folder, "plan.json"), "{}");
    expect(() => readPlanSet(folder)).toThrow("is not a plan of format 1");
  });
});

describe("refuseUnapprovedPlans", () => {
  const here = (approved?: string, changed = {}) => ({ environment: "local", commit: COMMIT, approved, ...changed });

  it("accepts the approved plan, and any plan without an approval", async () => {
    const { read } = await planned();
    expect(() => refuseUnapprovedPlans(read, here(read.sha256))).not.toThrow();
    expect(() => refuseUnapprovedPlans(read, here())).not.toThrow();
  });

  it("refuses a changed plan.json, another environment and another commit", async () => {
    const { folder, read } = await planned();
    const file = join(folder, "plan.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"a.B"', '"a.C"'));
    expect(() => refuseUnapprovedPlans(readPlanSet(folder), here(read.sha256))).toThrow(/plan\.json was changed/);
    expect(() => refuseUnapprovedPlans(read, here(read.sha256, { environment: "prod" }))).toThrow(
      "It is for local, not for prod.",
    );
    expect(() => refuseUnapprovedPlans(read, here(read.sha256, { commit: "d".repeat(40) }))).toThrow(
      /made from commit c{40}; d{40} is checked out/,
    );
  });
});

describe("refuseStalePlans", () => {
  /** The reasons of the refusal after a change; empty when the plan is accepted. */
  async function reasons(change: (world: Awaited<ReturnType<typeof planned>>) => object): Promise<string> {
    const world = await planned();
    const { set, target, states, folder } = { ...world, set: world.read.set, ...(change(world) as { set?: PlanSet }) };
    return refuseStalePlans(folder, set, target, states).then(
      () => "",
      (error: Error) => error.message,
    );
  }

  it("accepts plans when nothing has changed", async () => {
    expect(await reasons(() => ({}))).toBe("");
  });

  it("refuses a plan file that was changed or removed", async () => {
    const text = await reasons(({ folder }) => {
      appendFileSync(join(folder, "vpc.tfplan"), "!");
      rmSync(join(folder, "route53.tfplan"));
      return {};
    });
    expect(text).toContain("nothing was applied");
    expect(text).toContain("vpc.tfplan is not the file that was planned.");
    expect(text).toContain("route53.tfplan is missing.");
  });

  it("refuses plans of a stack whose configuration differs, or that does not exist", async () => {
    const text = await reasons(({ target }) => {
      const [vpc] = writeStacks({ name: "vpc", resource: { aws_vpc: { Main: { cidr_block: "10.0.0.0/16" } } } });
      return { target: { ...target, stacks: [vpc] } };
    });
    expect(text).toContain("The configuration of vpc differs from the one that was planned.");
    expect(text).toContain('There is no stack "route53".');
  });

  it("refuses plans whose state has changed, was replaced, or did not exist", async () => {
    const now = (vpc: Partial<State> | undefined, route53?: State) =>
      reasons(() => ({
        states: {
          read: async ({ name }: { name: string }) => (name === "vpc" ? vpc && { ...STATE, ...vpc } : route53),
        },
      }));
    expect(await now({ serial: 8 })).toContain(
      "The state of vpc has changed: its serial is 8; the plan is based on 7.",
    );
    expect(await now({ lineage: "two" })).toContain("The state of vpc is not the one that was planned on.");
    expect(await now(undefined)).toContain("The state of vpc is not the one that was planned on.");
    expect(await now({}, STATE)).toContain("The state of route53 is not the one that was planned on.");
  });

  it("refuses another account", async () => {
    const text = await reasons(({ target }) => ({
      target: { ...target, environment: { ...LOCAL, accountId: "123456789012" } },
    }));
    expect(text).toContain("It is for the account 000000000000, not for 123456789012.");
  });
});
