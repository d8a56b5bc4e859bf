import { expect, it } from "vitest";
import { applyAndReport, NOT_APPROVED } from "./apply-planned-stack.ts";
import { type FakeResult, FakeTerraform } from "./testing/fake-terraform.ts";
import { RecordedProgress } from "./testing/recorded-progress.ts";
import { writeStacks } from "./testing/written-stacks.ts";

const PLAN = { resource_changes: [{ address: "aws_vpc.Main", mode: "managed", change: { actions: ["create"] } }] };
const DRIFT = { type: "resource_drift" };

/** Applies one stack with a Terraform that responds like this to each command. */
async function apply(
  responses: Readonly<Record<string, FakeResult>>,
  approval: { approve?: () => Promise<boolean> } = {},
  planOptions: readonly string[] = [],
) {
  const [stack] = writeStacks({ name: "vpc" });
  if (!stack) throw new Error("No stack was written.");
  const terraform = new FakeTerraform([stack], (_stack, [command = ""]) => responses[command]);
  const progress = new RecordedProgress();
  const reported: string[] = [];
  const report = {
    add: (_name: string, plan: object) => reported.push(JSON.stringify(plan)),
    applied: (_name: string, succeeded: boolean) => reported.push(String(succeeded)),
  };
  const succeeded = await applyAndReport("/plans", { ...report, ...approval }, planOptions)(stack, terraform, progress);
  const commands = terraform.commands.map((line) => line.split(" ").slice(1).join(" "));
  return { succeeded, reported, end: progress.ends.vpc, commands };
}

const CHANGES = { plan: { code: 2 }, show: { output: JSON.stringify(PLAN) } };

it("applies exactly the plan that it has reported", async () => {
  const { succeeded, reported, end, commands } = await apply(CHANGES);
  expect(succeeded).toBe(true);
  expect(reported).toEqual([JSON.stringify(PLAN), "true"]);
  expect(end).toBe("1 added");
  expect(commands.slice(1)).toEqual([
    "plan -input=false -json -detailed-exitcode -out=/plans/vpc.tfplan",
    "show -json /plans/vpc.tfplan",
    "apply -input=false -json /plans/vpc.tfplan",
  ]);
});

it("applies only a plan that is approved, and passes options to its planning", async () => {
  const refused = await apply(CHANGES, { approve: async () => false }, ["-refresh=false"]);
  expect(refused).toMatchObject({ succeeded: false, end: `failed: ${NOT_APPROVED}` });
  expect(refused.commands.map((line) => line.split(" ")[0])).toEqual(["init", "plan", "show"]);
  expect(refused.commands[1]).toMatch(/ -refresh=false$/);
  expect(await apply(CHANGES, { approve: async () => true })).toMatchObject({ succeeded: true, end: "1 added" });
});

it("applies and reports nothing without changes", async () => {
  const { succeeded, reported, end, commands } = await apply({ plan: { code: 0 } });
  expect({ succeeded, reported, end }).toEqual({ succeeded: true, reported: [], end: "no changes" });
  expect(commands).toHaveLength(2);
});

it("records in the state what has changed outside of Terraform, without a report", async () => {
  const { reported, end, commands } = await apply({ plan: { code: 0, events: [DRIFT] } });
  expect(end).toBe("no changes");
  expect(commands.at(-1)).toBe("apply -input=false -json /plans/vpc.tfplan");
  expect(reported).toEqual(["true"]);
});

it("reports the error of the plan, of its reading, and of the apply", async () => {
  const failure = { code: 1, text: "access denied" };
  const unplanned = await apply({ plan: failure });
  expect(unplanned).toMatchObject({ succeeded: false, end: "failed: access denied", reported: [] });
  expect(await apply({ ...CHANGES, show: failure })).toMatchObject({ succeeded: false, end: "failed: access denied" });
  const partial = await apply({ ...CHANGES, apply: failure });
  expect(partial).toMatchObject({ succeeded: false, end: "failed: access denied" });
  expect(partial.reported.at(-1)).toBe("false");
});
