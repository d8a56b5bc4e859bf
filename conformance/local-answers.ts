import { join } from "node:path";
import type { LocalAws } from "@nv-demo/local-aws";
import { deployTarget } from "../tools/deploy/deploy-target.ts";
import type { Progress } from "../tools/deploy/progress.ts";
import { localTarget } from "../tools/local/open-local-target.ts";
import { synthesize } from "../tools/synth/synthesize.ts";
import { type State, stateOf } from "./answers.ts";
import type { Verdicts } from "./verdicts.ts";

/** It runs beside the real provider, whose lines are those to be seen. */
const SILENT: Progress = { begin: () => {}, event: () => {}, done: () => {}, fail: () => {}, skip: () => {} };

/**
 * Deploys the stacks with these names to the local AWS.
 *
 * @param folder for what must lie in files.
 * @param domain as it is told to the judged stacks.
 * @returns what the local provider recorded, by stack; nothing when a stack failed.
 */
export async function localAnswers(
  aws: LocalAws,
  names: ReadonlySet<string>,
  folder: string,
  domain: string,
  verdicts: Verdicts,
): Promise<ReadonlyMap<string, State>> {
  const variables = { NV_DEMO_ENVIRONMENT: "local", NV_DEMO_DOMAIN: domain };
  const output = join(folder, "out");
  const stacks = (await synthesize(output, variables)).filter(({ name }) => names.has(name));
  const progress = verdicts.recording(SILENT, "apply to the local AWS");
  const target = localTarget(aws, stacks, { output, variables, bootstrapState: join(folder, "bootstrap.tfstate") });
  const answers = new Map<string, State>();
  if (!(await deployTarget(target, stacks, progress))) return answers;
  for (const { name, directory } of stacks) {
    answers.set(name, stateOf(await target.terraform.run(directory, ["show", "-json"])));
  }
  return answers;
}
