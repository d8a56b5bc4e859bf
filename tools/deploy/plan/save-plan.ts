import type { Stack } from "../../synth/manifest.ts";
import { errorsOf, type Terraform } from "../../terraform/terraform.ts";
import { initialize } from "../deploy.ts";
import type { Progress } from "../progress.ts";
import { type PlanJson, parsePlan } from "./changes.ts";

/** Exit code of `plan -detailed-exitcode`. */
const CHANGES = 2;

export interface SavedPlanFile {
  readonly json: PlanJson;
  readonly hasChanges: boolean;
}

/** Saves the plan of a stack to a file, and reads it. */
export async function savePlan(
  stack: Stack,
  file: string,
  terraform: Terraform,
  progress: Progress,
): Promise<SavedPlanFile | { readonly error: string }> {
  progress.begin(stack.name, "initializing");
  const initialized = await initialize(stack, terraform);
  if (initialized.code !== 0) return { error: errorsOf(initialized) };
  progress.begin(stack.name, "planning");
  const options = ["-input=false", "-json", "-detailed-exitcode", `-out=${file}`];
  const planned = await terraform.run(stack.directory, ["plan", ...options], (event) =>
    progress.event(stack.name, event),
  );
  if (planned.code !== 0 && planned.code !== CHANGES) return { error: errorsOf(planned) };
  const shown = await terraform.run(stack.directory, ["show", "-json", file]);
  if (shown.code !== 0) return { error: errorsOf(shown) };
  return { json: parsePlan(shown.output), hasChanges: planned.code === CHANGES };
}
