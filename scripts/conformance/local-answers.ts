import { join } from "node:path";
import type { LocalAws } from "../../local/local-aws.ts";
import { deploy } from "../deployment/deploy.ts";
import type { Stack } from "../deployment/manifest.ts";
import type { Progress } from "../deployment/progress.ts";
import { localDeployment } from "../local/deployer.ts";
import { type State, stateOf } from "./answers.ts";
import type { Verdicts } from "./verdicts.ts";

/** It runs beside the real provider, whose lines are those to be seen. */
const SILENT: Progress = { begin: () => {}, event: () => {}, done: () => {}, fail: () => {}, skip: () => {} };

/**
 * Deploys stacks to the local AWS.
 *
 * @param folder for the state of the bootstrap.
 * @returns what the local provider recorded, by stack; nothing when a stack failed.
 */
export async function localAnswers(
  aws: LocalAws,
  stacks: readonly Stack[],
  folder: string,
  verdicts: Verdicts,
): Promise<ReadonlyMap<string, State>> {
  const bootstrapState = join(folder, "bootstrap.tfstate");
  const progress = verdicts.recording(SILENT, "apply to the local AWS");
  const deployment = { ...localDeployment(aws, stacks, progress), bootstrapState };
  const answers = new Map<string, State>();
  if (!(await deploy(deployment))) return answers;
  for (const { name, directory } of stacks) {
    answers.set(name, stateOf(await deployment.terraform.run(directory, ["show", "-json"])));
  }
  return answers;
}
