import { expect, it } from "vitest";
import type { State } from "../state/state-store.ts";
import { FakeTerraform } from "../testing/fake-terraform.ts";
import { RecordedProgress } from "../testing/recorded-progress.ts";
import { temporaryFolder, writeStacks } from "../testing/written-stacks.ts";
import { findDrift } from "./find-drift.ts";

const APPLIED: State = { lineage: "", serial: 1, outputs: { subnets: {} }, resources: [] };
const CHANGED = {
  address: "aws_vpc.Main",
  mode: "managed",
  change: { actions: ["update"], before: { a: 1 }, after: { a: 2 } },
};
const PLANS: Readonly<Record<string, object>> = {
  vpc: { resource_drift: [CHANGED], resource_changes: [CHANGED] },
  secrets: { resource_changes: [CHANGED] },
};

it("compares every applied stack independently, and reports why it does not compare the others", async () => {
  const stacks = writeStacks(
    { name: "vpc" },
    { name: "secrets", reads: { vpc: ["subnets"] } },
    { name: "hello", reads: { route53: ["zone_id"] } },
    { name: "route53" },
    { name: "broken" },
  );
  const terraform = new FakeTerraform(stacks, (stack, [command]) => {
    if (stack === "broken") return { code: 1, text: "access denied" };
    if (command === "plan") return { code: stack in PLANS ? 2 : 0 };
    return command === "show" ? { output: JSON.stringify(PLANS[stack] ?? {}) } : undefined;
  });
  const progress = new RecordedProgress();
  const states = { read: async ({ name }: { name: string }) => (name === "route53" ? undefined : APPLIED) };
  const folder = temporaryFolder();
  const found = await findDrift({ stacks, chosen: stacks, terraform, states, parallelism: 2, progress, folder });
  expect(progress.ends).toEqual({
    vpc: "1 drifted",
    secrets: "1 not applied yet",
    hello: "reads outputs that were never applied",
    route53: "never applied",
    broken: "failed: access denied",
  });
  expect(found.get("vpc")).toMatchObject({ drifted: [{ address: "aws_vpc.Main", attributes: ["a"] }] });
  expect(found.get("broken")).toEqual({ error: "access denied" });
});
