import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentName } from "../../../stacks/environment/environment.ts";
import { configurationText, type Stack } from "../../synth/manifest.ts";
import type { State, StateStore } from "../state/state-store.ts";
import type { Target } from "../target.ts";
import type { PlannedChanges } from "./changes.ts";
import { sha256 } from "./digest.ts";
import type { StackPlan } from "./plan-stacks.ts";

const FILE = "plan.json";
const LOCK_FILE = "terraform.lock.hcl";
const FORMAT = 1;

/** `plan.json`: what a person approves, and what an apply is held to. Beside it lie the saved plans. */
export interface PlanSet {
  readonly format: typeof FORMAT;
  readonly environment: EnvironmentName;
  readonly accountId: string;
  /** That the plans were made of; all zeros outside of a git repository. */
  readonly commit: string;
  /** By stack, in the order of the stacks; only of those in which something changes. */
  readonly plans: Readonly<Record<string, SavedPlan>>;
  readonly unchanged: readonly string[];
  /** Stacks that are planned in the next round, and after which others. */
  readonly waiting: Readonly<Record<string, readonly string[]>>;
}

export interface SavedPlan extends PlannedChanges {
  /** In the folder of the plan set. */
  readonly file: string;
  readonly sha256: string;
  /** SHA-256 of the synthesized stack. What it deploys, such as a function's code, is named in it by its own hash. */
  readonly configuration: string;
  /** What the plan starts from; null when the stack was never applied. */
  readonly state: Pick<State, "lineage" | "serial"> | null;
}

/** The folder holds no plans, or none of this format. */
export class PlanSetError extends Error {
  override readonly name = "PlanSetError";
  readonly code = "INVALID_PLAN_SET";
}

/**
 * Writes `plan.json` and the versions of the providers into the folder in which the saved plans lie already.
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
    if (plan?.outcome === "changes") plans[stack.name] = await savedPlan(stack, plan, states);
  }
  const set: PlanSet = {
    format: FORMAT,
    environment: target.environment.name,
    accountId: target.environment.accountId,
    commit,
    plans,
    unchanged: [...planned].filter(([, { outcome }]) => outcome === "unchanged").map(([name]) => name),
    waiting: Object.fromEntries(
      [...planned].flatMap(([name, plan]) => (plan.outcome === "waiting" ? [[name, plan.for]] : [])),
    ),
  };
  const text = `${JSON.stringify(set, null, 2)}\n`;
  writeFileSync(join(folder, FILE), text);
  if (target.providerLock !== undefined) writeFileSync(join(folder, LOCK_FILE), target.providerLock);
  return { set, sha256: sha256(text) };
}

async function savedPlan(
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
    ...changes,
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
  const set = parse(text);
  if (set?.format !== FORMAT) throw new PlanSetError(`${path} is not a plan of format ${FORMAT}.`);
  const lock = join(folder, LOCK_FILE);
  return { set, sha256: sha256(text), providerLock: existsSync(lock) ? readFileSync(lock, "utf8") : undefined };
}

function parse(text: string): PlanSet | undefined {
  try {
    return JSON.parse(text) as PlanSet;
  } catch {
    return undefined;
  }
}
