import { join } from "node:path";
import { errorsOf } from "../terraform/terraform.ts";
import { type StackOperation, UNCHANGED } from "./deploy.ts";
import { appliedText, type PlanJson, plannedChanges } from "./plan/changes.ts";
import { readPlan, savePlan } from "./plan/save-plan.ts";

/** Receives the plan of each stack that changes, before it is applied. */
export interface PlanReport {
  add(stack: string, plan: PlanJson): void;
  /** Whether to apply the plan; default: always. */
  approve?(stack: string, plan: PlanJson): Promise<boolean>;
  /** The plan was applied, or a part of it until an error. */
  applied(stack: string, succeeded: boolean): void;
}

/** The error of a stack whose plan was not approved. */
export const NOT_APPROVED = "Its plan was not approved.";

/**
 * Plans a stack and applies exactly that plan, so that its changes can be reported with their values. A stack without
 * changes needs one run of Terraform, as a plain apply does.
 *
 * @param folder for the saved plans.
 * @param planOptions of `terraform plan`.
 */
export const applyAndReport =
  (folder: string, report: PlanReport, planOptions: readonly string[] = []): StackOperation =>
  async (stack, terraform, progress) => {
    const { name, directory } = stack;
    const fail = (error: string) => {
      progress.fail(name, error);
      return false;
    };
    const file = join(folder, `${name}.tfplan`);
    const saved = await savePlan(stack, file, terraform, progress, planOptions);
    if ("error" in saved) return fail(saved.error);
    let summary = UNCHANGED;
    if (saved.hasChanges) {
      const plan = await readPlan(stack, file, terraform);
      if ("error" in plan) return fail(plan.error);
      report.add(name, plan.json);
      if (report.approve && !(await report.approve(name, plan.json))) return fail(NOT_APPROVED);
      summary = appliedText(plannedChanges(plan.json).counts);
    }
    // A plan without changes may still record in the state what was changed outside of Terraform.
    if (saved.hasChanges || saved.hasDrift) {
      const args = ["apply", "-input=false", "-json", file];
      const applied = await terraform.run(directory, args, (event) => progress.event(name, event));
      report.applied(name, applied.code === 0);
      if (applied.code !== 0) return fail(errorsOf(applied));
    }
    progress.done(name, summary);
    return true;
  };
