import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../../stacks/environment/environment.ts";
import { CommandError } from "../../command-line/errors.ts";
import { configurationText } from "../../synth/configuration.ts";
import type { Stack } from "../../synth/manifest.ts";
import type { StateStore } from "../state/state-store.ts";
import { sha256 } from "./digest.ts";
import type { PlanSet } from "./plan-set.ts";

/** The plans are not the approved ones, or were made for another environment, commit or state. Nothing was applied. */
export class PlanRefusedError extends CommandError {
  override readonly name = "PlanRefusedError";
  readonly code = "PLAN_REFUSED";

  constructor(reasons: readonly string[]) {
    super(["The plan was refused; nothing was applied:", ...reasons.map((reason) => `  ${reason}`)].join("\n"));
  }
}

/**
 * Compares the plans with the approval, the environment and the commit, before the target is opened.
 *
 * @param approved SHA-256 of `plan.json` as it was approved; undefined if the command line does not contain it.
 * @throws PlanRefusedError
 */
export function refuseUnapprovedPlans(
  { set, sha256: found }: { readonly set: PlanSet; readonly sha256: string },
  here: { readonly environment: string; readonly commit: string; readonly approved: string | undefined },
): void {
  const reasons: string[] = [];
  if (here.approved !== undefined && here.approved !== found) {
    reasons.push(`plan.json was changed: its SHA-256 is ${found}; ${here.approved} was approved.`);
  }
  if (set.environment !== here.environment) reasons.push(`It is for ${set.environment}, not for ${here.environment}.`);
  if (set.commit !== here.commit) reasons.push(`It was made from commit ${set.commit}; ${here.commit} is checked out.`);
  if (reasons.length > 0) throw new PlanRefusedError(reasons);
}

/**
 * Compares the plans with their files, the synthesized stacks, the account and the states.
 *
 * @param folder of the plan set.
 * @throws PlanRefusedError
 */
export async function refuseStalePlans(
  folder: string,
  set: PlanSet,
  target: { readonly environment: Pick<Environment, "accountId">; readonly stacks: readonly Stack[] },
  states: Pick<StateStore, "read">,
): Promise<void> {
  const reasons: string[] = [];
  const { accountId } = target.environment;
  if (set.accountId !== accountId) reasons.push(`It is for the account ${set.accountId}, not for ${accountId}.`);
  for (const [name, plan] of Object.entries(set.plans)) {
    const file = join(folder, plan.file);
    if (!existsSync(file)) reasons.push(`${plan.file} is missing.`);
    else if (sha256(readFileSync(file)) !== plan.sha256) reasons.push(`${plan.file} is not the file that was planned.`);
    const stack = target.stacks.find((candidate) => candidate.name === name);
    if (!stack) {
      reasons.push(`There is no stack "${name}".`);
      continue;
    }
    if (sha256(configurationText(stack)) !== plan.configuration) {
      reasons.push(`The configuration of ${name} differs from the one that was planned.`);
    }
    const state = await states.read(stack);
    if (state?.lineage !== plan.state?.lineage) {
      reasons.push(`The state of ${name} is not the one that was planned on.`);
    } else if (state?.serial !== plan.state?.serial) {
      const serials = `its serial is ${state?.serial}; the plan is based on ${plan.state?.serial}`;
      reasons.push(`The state of ${name} has changed: ${serials}.`);
    }
  }
  if (reasons.length > 0) throw new PlanRefusedError(reasons);
}
