import { join } from "node:path";
import type { Stack } from "../../synth/manifest.ts";
import type { Planning } from "../plan/plan-stacks.ts";
import { savePlan } from "../plan/save-plan.ts";
import { isThere, readsOf } from "../reads.ts";
import { schedule } from "../schedule.ts";
import { type Drift, driftOf } from "./drift.ts";

/** What is known of a stack. Nothing drifts that was never applied, and what reads the outputs of such a stack is not to be compared yet. */
export type StackDrift = Drift | { readonly error: string } | "never applied" | "reads what was never applied";

/** Compares every chosen stack with reality. One reads what others were, not what they will be: none waits for another. */
export async function findDrift(planning: Planning): Promise<ReadonlyMap<string, StackDrift>> {
  const { chosen, parallelism, progress } = planning;
  const found = new Map<string, StackDrift>();
  const work = async (stack: Stack): Promise<boolean> => {
    const drift = await look(stack, planning);
    found.set(stack.name, drift);
    if (typeof drift === "object" && "error" in drift) progress.fail(stack.name, drift.error);
    else progress.done(stack.name, describe(drift));
    return true;
  };
  const independent = chosen.map((stack) => ({ ...stack, dependencies: [] }));
  await schedule(independent, "forward", parallelism, work);
  return new Map(chosen.map(({ name }) => [name, found.get(name) ?? { error: "not looked at" }]));
}

async function look(stack: Stack, { stacks, terraform, states, progress, folder }: Planning): Promise<StackDrift> {
  progress.begin(stack.name, "reading its state");
  if ((await states.read(stack)) === undefined) return "never applied";
  for (const read of readsOf(stack, stacks)) {
    if (!(await isThere(read, stacks, states))) return "reads what was never applied";
  }
  const saved = await savePlan(stack, join(folder, `${stack.name}.tfplan`), terraform, progress);
  return "error" in saved ? saved : driftOf(saved.json);
}

function describe(drift: Exclude<StackDrift, { readonly error: string }>): string {
  if (typeof drift === "string") return drift;
  const { drifted, noticed, pending } = drift;
  const parts = [
    drifted.length > 0 ? `${drifted.length} drifted` : "",
    noticed.length > 0 ? `${noticed.length} different and left so` : "",
    pending > 0 ? `${pending} not applied yet` : "",
  ];
  return parts.filter(Boolean).join(", ") || "no drift";
}
