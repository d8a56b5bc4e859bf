import type { Stack } from "../../synth/manifest.ts";
import { errorsOf, type Terraform } from "../../terraform/terraform.ts";
import { initialize } from "../deploy.ts";
import type { Progress } from "../progress.ts";
import { type PlanJson, parsePlan } from "./changes.ts";

/** Exit code of `plan -detailed-exitcode`. */
const CHANGES = 2;

type Failure = { readonly error: string };

export interface SavedPlanFile {
  /** Applying the plan would change something. */
  readonly hasChanges: boolean;
  /** Something was changed outside of Terraform since the last apply. */
  readonly hasDrift: boolean;
}

/** Saves the plan of a stack to a file. @param additional options of `terraform plan`. */
export async function savePlan(
  stack: Stack,
  file: string,
  terraform: Terraform,
  progress: Progress,
  additional: readonly string[] = [],
): Promise<SavedPlanFile | Failure> {
  progress.begin(stack.name, "initializing");
  const initialized = await initialize(stack, terraform);
  if (initialized.code !== 0) return { error: errorsOf(initialized) };
  progress.begin(stack.name, "planning");
  const options = ["-input=false", "-json", "-detailed-exitcode", `-out=${file}`, ...additional];
  const planned = await terraform.run(stack.directory, ["plan", ...options], (event) =>
    progress.event(stack.name, event),
  );
  if (planned.code !== 0 && planned.code !== CHANGES) return { error: errorsOf(planned) };
  return {
    hasChanges: planned.code === CHANGES,
    hasDrift: planned.events.some(({ type }) => type === "resource_drift"),
  };
}

/** Reads a saved plan. The folder of the stack must be initialized. */
export async function readPlan(
  stack: Stack,
  file: string,
  terraform: Terraform,
): Promise<{ readonly json: PlanJson } | Failure> {
  const shown = await terraform.run(stack.directory, ["show", "-json", file]);
  return shown.code === 0 ? { json: parsePlan(shown.output) } : { error: errorsOf(shown) };
}
