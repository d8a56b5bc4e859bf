import { join } from "node:path";
import type { Stack } from "../../synth/manifest.ts";
import type { Terraform } from "../../terraform/terraform.ts";
import type { Progress } from "../progress.ts";
import { isReadable, readsOf } from "../reads.ts";
import { schedule } from "../schedule.ts";
import type { StateStore } from "../state/state-store.ts";
import { countsText, type PlanJson, type PlannedChanges, plannedChanges } from "./changes.ts";
import { readPlan, savePlan } from "./save-plan.ts";

/** The result of planning a stack. */
export type StackPlan =
  | { readonly outcome: "unchanged" }
  | {
      readonly outcome: "changes";
      readonly json: PlanJson;
      readonly changes: PlannedChanges;
      /** The file with the saved plan. */
      readonly file: string;
    }
  /** It reads outputs that these stacks will change, or do not have yet: its plan would not be what is applied. */
  | { readonly outcome: "waiting"; readonly for: readonly string[] }
  | { readonly outcome: "failed"; readonly error: string }
  | { readonly outcome: "skipped"; readonly because: string };

export interface Planning {
  /** All stacks of the environment. */
  readonly stacks: readonly Stack[];
  readonly chosen: readonly Stack[];
  readonly terraform: Terraform;
  readonly states: Pick<StateStore, "read">;
  readonly parallelism: number;
  readonly progress: Progress;
  /** The absolute path of the folder for the saved plans, `<stack>.tfplan`. */
  readonly folder: string;
}

/**
 * Plans every chosen stack after those that it reads, independent ones in parallel.
 *
 * @returns the plans in the order of the stacks.
 */
export async function planStacks(planning: Planning): Promise<ReadonlyMap<string, StackPlan>> {
  const { chosen, parallelism, progress } = planning;
  const plans = new Map<string, StackPlan>();
  const work = async (stack: Stack): Promise<boolean> => {
    const plan = await planStack(stack, planning, plans);
    plans.set(stack.name, plan);
    if (plan.outcome === "failed") progress.fail(stack.name, plan.error);
    else progress.done(stack.name, describe(plan));
    return plan.outcome !== "failed";
  };
  const skipped = (stack: Stack, because: string) => {
    plans.set(stack.name, { outcome: "skipped", because });
    progress.skip(stack.name, because);
  };
  await schedule(chosen, "forward", parallelism, work, skipped);
  return new Map(
    chosen.flatMap(({ name }) => {
      const plan = plans.get(name);
      return plan ? [[name, plan] as const] : [];
    }),
  );
}

function describe(plan: StackPlan): string {
  if (plan.outcome === "changes") return countsText(plan.changes.counts);
  return plan.outcome === "waiting" ? `to be planned after ${plan.for.join(", ")}` : "no changes";
}

async function planStack(
  stack: Stack,
  { stacks, terraform, states, progress, folder }: Planning,
  earlier: ReadonlyMap<string, StackPlan>,
): Promise<StackPlan> {
  progress.begin(stack.name, "reading its inputs");
  const awaited = await stacksToAwait(stack, stacks, states, earlier);
  if (awaited.length > 0) return { outcome: "waiting", for: awaited };
  const file = join(folder, `${stack.name}.tfplan`);
  const saved = await savePlan(stack, file, terraform, progress);
  if ("error" in saved) return { outcome: "failed", error: saved.error };
  if (!saved.hasChanges) return { outcome: "unchanged" };
  const plan = await readPlan(stack, file, terraform);
  if ("error" in plan) return { outcome: "failed", error: plan.error };
  return { outcome: "changes", json: plan.json, changes: plannedChanges(plan.json), file };
}

/** The stacks that must be applied before the plan of this one can be correct. */
async function stacksToAwait(
  stack: Stack,
  stacks: readonly Stack[],
  states: Pick<StateStore, "read">,
  earlier: ReadonlyMap<string, StackPlan>,
): Promise<readonly string[]> {
  const awaited: string[] = [];
  for (const read of readsOf(stack, stacks)) {
    const plan = earlier.get(read.from);
    const changed = plan?.outcome === "changes" && plan.changes.outputs.some((name) => read.outputs.includes(name));
    const missing = plan === undefined && !(await isReadable(read, stacks, states));
    if (plan?.outcome === "waiting" || changed || missing) awaited.push(read.from);
  }
  return awaited;
}
