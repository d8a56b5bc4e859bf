import { join } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import type { LocalAws } from "../../local/local-aws.ts";
import { readEnvironment } from "../../stacks/read-environment.ts";
import { deploy } from "../deployment/deploy.ts";
import type { Progress } from "../deployment/progress.ts";
import { applyAndBringImages } from "../images/bring-images.ts";
import { pushToLocal } from "../images/local-images.ts";
import { localDeployment } from "../local/deployer.ts";
import { synthesize } from "../local/synthesize.ts";
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
  const bootstrapState = join(folder, "bootstrap.tfstate");
  const deployment = { ...localDeployment(aws, stacks, progress), bootstrapState };
  const ecr = new ECRClient({ endpoint: aws.endpoint, region: "us-east-1", credentials: aws.accessKey });
  const images = { ecr, pushImage: pushToLocal(ecr), environment: readEnvironment(variables), output };
  const answers = new Map<string, State>();
  if (!(await deploy(deployment, applyAndBringImages(images)))) return answers;
  for (const { name, directory } of stacks) {
    answers.set(name, stateOf(await deployment.terraform.run(directory, ["show", "-json"])));
  }
  return answers;
}
