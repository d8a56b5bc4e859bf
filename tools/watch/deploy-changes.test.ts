import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { expect, it, vi } from "vitest";
import { type FakeResult, FakeTerraform } from "../deploy/testing/fake-terraform.ts";
import { writeStacks } from "../deploy/testing/written-stacks.ts";
import type { Stack } from "../synth/manifest.ts";
import type { Target } from "../target/target.ts";
import { type Confirm, deployChanges } from "./deploy-changes.ts";
import { PlannedStacks } from "./planned-stacks.ts";

const STACKS = [
  { name: "vpc" },
  { name: "users" },
  { name: "postgres", reads: { vpc: ["subnet_ids"] } },
  { name: "sum", reads: { postgres: ["endpoint"] } },
];

const change = (...actions: string[]) => ({
  resource_changes: [{ address: "aws_vpc.Main", mode: "managed", type: "aws_vpc", change: { actions } }],
});
const subnetsChange = { output_changes: { subnet_ids: { actions: ["update"] } } };

interface Case {
  /** Stack → plan. All others have no changes. */
  readonly plans: Readonly<Record<string, object>>;
  readonly changed: readonly string[];
  readonly confirm?: Confirm;
  readonly respond?: (stack: string, command: string) => FakeResult | undefined;
}

async function deploy({ plans, changed, confirm = async () => false, respond = () => undefined }: Case) {
  const stacks = writeStacks(...STACKS);
  const terraform = new FakeTerraform(stacks, (stack, [command = ""]) => {
    const plan = plans[stack];
    if (command === "plan" && plan) return respond(stack, command) ?? { code: 2 };
    if (command === "show") return { output: JSON.stringify(plan) };
    return respond(stack, command);
  });
  const send = async (command: unknown) => expect(command).toBeInstanceOf(HeadBucketCommand);
  const target = {
    stacks,
    terraform,
    parallelism: 2,
    bootstrapState: "/none/bootstrap.tfstate",
    s3: { send } as unknown as S3Client,
    afterDeployment: vi.fn(),
  } as unknown as Target;
  const planned = new PlannedStacks(stacks);
  for (const name of changed) planned.forget(name);
  const results = await deployChanges(target, planned.compare(stacks).changed, planned, confirm);
  return {
    results: Object.fromEntries(results),
    commands: terraform.commands.map((line) => line.split(" ").slice(0, 2).join(" ")),
    again: planned.compare(stacks).changed.map(({ name }: Stack) => name),
  };
}

it("plans and applies only what was changed when no output changes", async () => {
  const { results, commands, again } = await deploy({ plans: { vpc: change("update") }, changed: ["vpc"] });
  expect(results).toEqual({ vpc: { outcome: "done", summary: "1 changed" } });
  expect(commands).toEqual(["vpc: init", "vpc: plan", "vpc: show", "vpc: apply"]);
  expect(again).toEqual([]);
});

it("also plans the stacks that read an output that changes", async () => {
  const { results, commands } = await deploy({
    plans: { vpc: subnetsChange, postgres: change("update") },
    changed: ["vpc"],
  });
  expect(Object.keys(results)).toEqual(["vpc", "postgres"]);
  expect(commands.filter((line) => line.endsWith("apply"))).toEqual(["vpc: apply", "postgres: apply"]);
  expect(commands.join()).not.toMatch(/sum|users/);
});

it("applies nothing that destroys something without a yes, and does not ask for the same again", async () => {
  const confirm = vi.fn(async () => false);
  const refused = await deploy({
    plans: { vpc: change("delete"), users: change("update") },
    changed: ["vpc", "users"],
    confirm,
  });
  expect(confirm.mock.calls).toEqual([["vpc", ["aws_vpc.Main"]]]);
  expect(refused.results).toMatchObject({ vpc: { outcome: "declined" }, users: { outcome: "done" } });
  expect(refused.commands).not.toContain("vpc: apply");
  expect(refused.again).toEqual([]);

  const plans = { vpc: change("delete", "create") };
  const approved = await deploy({ plans, changed: ["vpc"], confirm: async () => true });
  expect(approved.results).toMatchObject({ vpc: { outcome: "done", summary: "1 replaced" } });
  expect(approved.commands).toContain("vpc: apply");
});

it("plans a stack again when the user changes a file in place of an answer", async () => {
  const plans = { vpc: change("delete") };
  const { results, again } = await deploy({ plans, changed: ["vpc"], confirm: async () => undefined });
  expect(results.vpc).toEqual({ outcome: "postponed" });
  expect(again).toEqual(["vpc"]);
});

it("plans what has failed, and what waited for it, with the next change", async () => {
  const { results, again } = await deploy({
    plans: { vpc: change("update") },
    changed: ["vpc", "sum"],
    respond: (_, command) => (command === "apply" ? { code: 1, text: "access denied" } : undefined),
  });
  expect(results).toMatchObject({
    vpc: { outcome: "failed", errors: "access denied" },
    sum: { outcome: "skipped", because: "vpc" },
  });
  expect(again).toEqual(["vpc", "postgres", "sum"]);
});
