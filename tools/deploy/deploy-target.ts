import type { Stack } from "../synth/manifest.ts";
import type { Target } from "../target/target.ts";
import { applyAndPushImages } from "./apply-and-push-images.ts";
import { applyStack, deploy, type StackOperation } from "./deploy.ts";
import type { Progress } from "./progress.ts";
import { stateBucketExists } from "./state-bucket.ts";

/**
 * Deploys stacks of a target with their images, and creates the state bucket first where there is none.
 *
 * @param apply how each stack is applied.
 * @returns whether all of them succeeded.
 */
export async function deployTarget(
  target: Target,
  stacks: readonly Stack[],
  progress: Progress,
  apply: StackOperation = applyStack,
): Promise<boolean> {
  const bucketExists = () => stateBucketExists(target.s3, target.stacks);
  const deployment = { ...target, stacks, progress, stateBucketExists: bucketExists };
  const succeeded = await deploy(deployment, applyAndPushImages(target, apply));
  if (succeeded && stacks.length === target.stacks.length) await target.afterDeployment();
  return succeeded;
}
