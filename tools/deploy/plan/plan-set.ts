import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { environmentNames } from "../../../stacks/environment/environment.ts";
import { CommandError } from "../../command-line/errors.ts";
import { configurationText } from "../../synth/configuration.ts";
import type { Stack } from "../../synth/manifest.ts";
import type { Target } from "../../target/target.ts";
import type { StateStore } from "../state/state-store.ts";
import { sha256 } from "./digest.ts";
import type { StackPlan } from "./plan-stacks.ts";

const FILE = "plan.json";
const LOCK_FILE = "terraform.lock.hcl";
const FORMAT = 1;

const savedPlan = v.object({
  /** In the folder of the plan set. */
  file: v.string(),
  sha256: v.string(),
  /** SHA-256 of the synthesized stack, which contains the hashes of what it deploys, such as the code of functions. */
  configuration: v.string(),
  /** The state that the plan starts from; null when the stack was never applied. */
  state: v.nullable(v.object({ lineage: v.string(), serial: v.number() })),
  counts: v.object({ add: v.number(), change: v.number(), replace: v.number(), destroy: v.number() }),
  deletions: v.array(v.string()),
  replacements: v.array(v.string()),
  outputs: v.array(v.string()),
});

/** `plan.json`: what a person approves and an apply verifies. The saved plans are in the same folder. */
const planSet = v.object({
  format: v.literal(FORMAT),
  environment: v.picklist(environmentNames),
  accountId: v.string(),
  /** The commit of the plans; zeros outside of a git repository. */
  commit: v.string(),
  /** By stack, in the order of the stacks; only stacks that change. */
  plans: v.record(v.string(), savedPlan),
  unchanged: v.array(v.string()),
  /** Stacks that are planned in the next round → the stacks that they wait for. */
  waiting: v.record(v.string(), v.array(v.string())),
});

export type PlanSet = v.InferOutput<typeof planSet>;
export type SavedPlan = v.InferOutput<typeof savedPlan>;

/** The folder has no `plan.json`, or one of another format. */
export class PlanSetError extends CommandError {
  override readonly name = "PlanSetError";
  readonly code = "INVALID_PLAN_SET";
}

/**
 * Writes `plan.json` and the lock file of the providers into the folder of the saved plans.
 *
 * @returns the set, and the SHA-256 of its file.
 */
export async function writePlanSet(
  folder: string,
  target: Pick<Target, "environment" | "stacks" | "providerLock">,
  commit: string,
  planned: ReadonlyMap<string, StackPlan>,
  states: Pick<StateStore, "read">,
): Promise<{ set: PlanSet; sha256: string }> {
  const plans: Record<string, SavedPlan> = {};
  for (const stack of target.stacks) {
    const plan = planned.get(stack.name);
    if (plan?.outcome === "changes") plans[stack.name] = await describePlan(stack, plan, states);
  }
  const set: PlanSet = {
    format: FORMAT,
    environment: target.environment.name,
    accountId: target.environment.accountId,
    commit,
    plans,
    unchanged: [...planned].filter(([, { outcome }]) => outcome === "unchanged").map(([name]) => name),
    waiting: Object.fromEntries(
      [...planned].flatMap(([name, plan]) => (plan.outcome === "waiting" ? [[name, [...plan.for]]] : [])),
    ),
  };
  const text = `${JSON.stringify(set, null, 2)}\n`;
  writeFileSync(join(folder, FILE), text);
  if (target.providerLock !== undefined) writeFileSync(join(folder, LOCK_FILE), target.providerLock);
  return { set, sha256: sha256(text) };
}

async function describePlan(
  stack: Stack,
  { file, changes }: Extract<StackPlan, { outcome: "changes" }>,
  states: Pick<StateStore, "read">,
): Promise<SavedPlan> {
  const state = await states.read(stack);
  return {
    file: `${stack.name}.tfplan`,
    sha256: sha256(readFileSync(file)),
    configuration: sha256(configurationText(stack)),
    state: state ? { lineage: state.lineage, serial: state.serial } : null,
    counts: changes.counts,
    deletions: [...changes.deletions],
    replacements: [...changes.replacements],
    outputs: [...changes.outputs],
  };
}

/** @throws PlanSetError */
export function readPlanSet(folder: string): {
  readonly set: PlanSet;
  /** Of `plan.json`. */
  readonly sha256: string;
  readonly providerLock: string | undefined;
} {
  const path = join(folder, FILE);
  if (!existsSync(path)) throw new PlanSetError(`There is no ${FILE} in ${folder}: npm run plan -- --out writes one.`);
  const text = readFileSync(path, "utf8");
  const set = v.safeParse(v.pipe(v.string(), v.parseJson(), planSet), text);
  if (!set.success) throw new PlanSetError(`${path} is not a plan of format ${FORMAT}.`);
  const lock = join(folder, LOCK_FILE);
  return {
    set: set.output,
    sha256: sha256(text),
    providerLock: existsSync(lock) ? readFileSync(lock, "utf8") : undefined,
  };
}
