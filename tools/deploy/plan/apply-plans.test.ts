import { expect, it } from "vitest";
import { type FakeResult, FakeTerraform } from "../testing/fake-terraform.ts";
import { RecordedProgress } from "../testing/recorded-progress.ts";
import { writeStacks } from "../testing/written-stacks.ts";
import { applyPlans } from "./apply-plans.ts";
import type { PlanSet } from "./plan-set.ts";

const plan = (name: string) => ({
  file: `${name}.tfplan`,
  sha256: "",
  configuration: "",
  state: null,
  counts: { add: 1, change: 0, replace: 1, destroy: 0 },
  deletions: [],
  replacements: [],
  outputs: [],
});

async function apply(
  names: readonly string[],
  respond: (stack: string, args: readonly string[]) => FakeResult | undefined = () => undefined,
  afterApply: (stack: { name: string }) => Promise<void> = async () => {},
) {
  const stacks = writeStacks(
    { name: "frontend", reads: { postgres: [] } },
    { name: "postgres", reads: { vpc: [] } },
    { name: "vpc" },
  );
  const set: PlanSet = {
    format: 1,
    environment: "local",
    accountId: "000000000000",
    commit: "",
    plans: Object.fromEntries(names.map((name) => [name, plan(name)])),
    unchanged: [],
    waiting: {},
  };
  const terraform = new FakeTerraform(
    stacks,
    (stack, args) => respond(stack, args) ?? (args[0] === "show" ? { output: "{}" } : undefined),
  );
  const progress = new RecordedProgress();
  const reported: string[] = [];
  const report = {
    add: (stack: string) => reported.push(`${stack}: planned`),
    applied: (stack: string, ended: boolean) => reported.push(`${stack}: ${ended ? "applied" : "failed"}`),
  };
  const folder = "/plans";
  const application = { set, folder, stacks, terraform, parallelism: 2, progress, report, afterApply };
  const succeeded = await applyPlans(application);
  return {
    succeeded,
    ends: progress.ends,
    reported,
    applied: terraform.commands.filter((command) => command.includes(" apply ")),
  };
}

it("applies only the saved plans, in the order of their stacks, even across a stack without a plan", async () => {
  const { succeeded, ends, applied, reported } = await apply(["frontend", "vpc"]);
  expect(succeeded).toBe(true);
  expect(applied).toEqual([
    "vpc: apply -input=false -json /plans/vpc.tfplan",
    "frontend: apply -input=false -json /plans/frontend.tfplan",
  ]);
  expect(ends).toEqual({ vpc: "1 added, 1 replaced", frontend: "1 added, 1 replaced" });
  expect(reported).toEqual(["vpc: planned", "vpc: applied", "frontend: planned", "frontend: applied"]);
});

it("skips the stacks that depend on a failed one", async () => {
  const failing = (stack: string, [command]: readonly string[]) =>
    stack === "vpc" && command === "apply" ? { code: 1, text: "Saved plan is stale" } : undefined;
  const { succeeded, ends, reported } = await apply(["frontend", "vpc"], failing);
  expect(succeeded).toBe(false);
  expect(reported).toEqual(["vpc: planned", "vpc: failed"]);
  expect(ends).toEqual({ vpc: "failed: Saved plan is stale", frontend: "skipped: vpc" });
});

it("fails a stack when afterApply fails", async () => {
  const { succeeded, ends } = await apply(["vpc"], undefined, async () => {
    throw new Error("no images");
  });
  expect(succeeded).toBe(false);
  expect(ends).toEqual({ vpc: "failed: no images" });
});
