import { join } from "node:path";
import { errorsOf } from "../terraform/terraform.ts";
import type { ChangesReport } from "./changes-report.ts";
import { type StackOperation, UNCHANGED } from "./deploy.ts";
import { appliedText, plannedChanges } from "./plan/changes.ts";
import { readPlan, savePlan } from "./plan/save-plan.ts";

/**
 * Plans a stack and applies exactly that plan, so that its changes can be reported with their values. A stack without
 * changes needs one run of Terraform, as a plain apply does.
 *
 * @param folder for the saved plans.
 */
export const applyAndReport =
  (folder: string, report: Pick<ChangesReport, "add" | "applied">): StackOperation =>
  async (stack, terraform, progress) => {
    const { name, directory } = stack;
    const fail = (error: string) => {
      progress.fail(name, error);
      return false;
    };
    const file = join(folder, `${name}.tfplan`);
    const saved = await savePlan(stack, file, terraform, progress);
    if ("error" in saved) return fail(saved.error);
    let summary = UNCHANGED;
    if (saved.hasChanges) {
      const plan = await readPlan(stack, file, terraform);
      if ("error" in plan) return fail(plan.error);
      report.add(name, plan.json);
      summary = appliedText(plannedChanges(plan.json).counts);
    }
    // A plan without changes may still record in the state what was changed outside of Terraform.
    if (saved.hasChanges || saved.hasDrift) {
      const options = ["-input=false", "-json", file];
      const applied = await terraform.run(directory, ["apply", ...options], (event) => progress.event(name, event));
      report.applied(name, applied.code === 0);
      if (applied.code !== 0) return fail(errorsOf(applied));
    }
    progress.done(name, summary);
    return true;
  };
