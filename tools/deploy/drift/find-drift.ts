import { join } from "node:path";
import type { Stack } from "../../synth/manifest.ts";
import type { Planning } from "../plan/plan-stacks.ts";
import { readPlan, savePlan } from "../plan/save-plan.ts";
import { isReadable, readsOf } from "../reads.ts";
import { schedule } from "../schedule.ts";
import { configuredAttributes } from "./configured-attributes.ts";
import { type Drift, driftOf } from "./drift.ts";

/**
 * The drift of a stack. One that was never applied cannot drift, and one that reads outputs of such a stack cannot be
 * compared yet.
 */
export type StackDrift = Drift | { readonly error: string } | "never applied" | "reads outputs that were never applied";

/**
 * Compares every chosen stack with its resources. Each reads the current outputs of the others, so none waits for
 * another.
 */
export async function findDrift(planning: Planning): Promise<ReadonlyMap<string, StackDrift>> {
  const { chosen, parallelism, progress } = planning;
  const found = new Map<string, StackDrift>();
  const work = async (stack: Stack): Promise<boolean> => {
    const drift = await compare(stack, planning);
    found.set(stack.name, drift);
    if (typeof drift === "object" && "error" in drift) progress.fail(stack.name, drift.error);
    else progress.done(stack.name, describe(drift));
    return true;
  };
  const independent = chosen.map((stack) => ({ ...stack, dependencies: [] }));
  await schedule(independent, "forward", parallelism, work);
  return new Map(chosen.map(({ name }) => [name, found.get(name) ?? { error: "was not compared" }]));
}

async function compare(stack: Stack, { stacks, terraform, states, progress, folder }: Planning): Promise<StackDrift> {
  progress.begin(stack.name, "reading its state");
  if ((await states.read(stack)) === undefined) return "never applied";
  for (const read of readsOf(stack, stacks)) {
    if (!(await isReadable(read, stacks, states))) return "reads outputs that were never applied";
  }
  const file = join(folder, `${stack.name}.tfplan`);
  const saved = await savePlan(stack, file, terraform, progress);
  if ("error" in saved) return saved;
  if (!saved.hasChanges && !saved.hasDrift) return { drifted: [], noticed: [], pending: 0 };
  const plan = await readPlan(stack, file, terraform);
  return "error" in plan ? plan : driftOf(plan.json, configuredAttributes(stack));
}

function describe(drift: Exclude<StackDrift, { readonly error: string }>): string {
  if (typeof drift === "string") return drift;
  const { drifted, noticed, pending } = drift;
  const parts = [
    drifted.length > 0 ? `${drifted.length} drifted` : "",
    noticed.length > 0 ? `${noticed.length} with ignored differences` : "",
    pending > 0 ? `${pending} not applied yet` : "",
  ];
  return parts.filter(Boolean).join(", ") || "no drift";
}
