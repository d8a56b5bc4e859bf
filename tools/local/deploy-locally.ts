import type { LocalAws } from "@nv-demo/local-aws";
import { deployTarget } from "../deploy/deploy-target.ts";
import { openProgress } from "../deploy/open-progress.ts";
import type { Stack } from "../synth/manifest.ts";
import { localTarget } from "../target/local-target.ts";
import { stopWhenInterrupted } from "../target/stop-when-interrupted.ts";

/** Deploys all stacks to a local AWS of this process, and prints the progress. @returns whether all succeeded. */
export async function deployLocally(aws: LocalAws, stacks: readonly Stack[]): Promise<boolean> {
  const target = localTarget(aws, stacks);
  const dismiss = stopWhenInterrupted(target.terraform);
  try {
    const progress = openProgress(stacks, false);
    const succeeded = await deployTarget(target, stacks, progress);
    progress.report();
    return succeeded;
  } finally {
    dismiss();
  }
}
