import { join } from "node:path";
import { onlyStacks, type Stack } from "../../synth/manifest.ts";
import { errorsOf, type Terraform } from "../../terraform/terraform.ts";
import type { ChangesReport } from "../changes-report.ts";
import { initialize } from "../deploy.ts";
import type { Progress } from "../progress.ts";
import { schedule } from "../schedule.ts";
import { appliedText } from "./changes.ts";
import type { PlanSet, SavedPlan } from "./plan-set.ts";
import { readPlan } from "./save-plan.ts";

export interface PlanApplication {
  readonly set: PlanSet;
  /** The absolute path of the folder with the saved plans. */
  readonly folder: string;
  readonly stacks: readonly Stack[];
  readonly terraform: Terraform;
  readonly parallelism: number;
  readonly progress: Progress;
  readonly report: Pick<ChangesReport, "add" | "applied">;
  /** Runs after a stack was applied; rejects when it failed. */
  afterApply(stack: Stack): Promise<void>;
}

/**
 * Applies saved plans, each after those of the stacks that it depends on.
 *
 * @returns whether all of them succeeded.
 */
export async function applyPlans(application: PlanApplication): Promise<boolean> {
  const { set, stacks, parallelism, progress } = application;
  const planned = onlyStacks(stacks, Object.keys(set.plans));
  const work = async (stack: Stack): Promise<boolean> => {
    const plan = set.plans[stack.name];
    const error = plan && (await applyPlan(stack, plan, application));
    if (!plan || error !== undefined) progress.fail(stack.name, error ?? "not planned");
    else progress.done(stack.name, appliedText(plan.counts));
    return error === undefined;
  };
  const outcomes = await schedule(planned, "forward", parallelism, work, (stack, because) =>
    progress.skip(stack.name, because),
  );
  return [...outcomes.values()].every((outcome) => outcome === "done");
}

/** @returns the errors. */
async function applyPlan(
  stack: Stack,
  { file, counts }: SavedPlan,
  { terraform, progress, report, folder, afterApply }: PlanApplication,
): Promise<string | undefined> {
  progress.begin(stack.name, "initializing");
  const initialized = await initialize(stack, terraform);
  if (initialized.code !== 0) return errorsOf(initialized);
  const plan = await readPlan(stack, join(folder, file), terraform);
  if ("error" in plan) return plan.error;
  report.add(stack.name, plan.json);
  progress.begin(stack.name, "applying");
  // Terraform prints this event only when it creates the plan itself.
  const { add, change, replace, destroy } = counts;
  const changes = { operation: "plan", add: add + replace, change, remove: destroy + replace };
  progress.event(stack.name, { type: "change_summary", changes });
  const applied = await terraform.run(
    stack.directory,
    ["apply", "-input=false", "-json", join(folder, file)],
    (event) => progress.event(stack.name, event),
  );
  report.applied(stack.name, applied.code === 0);
  if (applied.code !== 0) return errorsOf(applied);
  try {
    await afterApply(stack);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
