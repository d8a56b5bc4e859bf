import { join } from "node:path";
import type { LocalAws } from "@nv-demo/local-aws";
import { deployTarget } from "../tools/deploy/deploy-target.ts";
import type { Progress } from "../tools/deploy/progress.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import { synthesize } from "../tools/synth/synthesize.ts";
import { localTarget } from "../tools/target/local-target.ts";
import { recordProgress } from "./record-progress.ts";
import type { Results } from "./results.ts";
import type { StallDetector } from "./stall-detector.ts";
import { readState, type State } from "./states.ts";

/**
 * Applies the same stacks to the local AWS. This runs while the real provider waits for AWS to become consistent.
 *
 * @param folder for the synthesized stacks and the bootstrap state.
 * @param domain the domain of the tested stacks.
 * @returns the state of each stack; empty if a stack failed.
 */
export async function applyLocally(
  aws: LocalAws,
  tested: readonly Stack[],
  folder: string,
  domain: string,
  results: Results,
  stalls: StallDetector,
): Promise<ReadonlyMap<string, State>> {
  const names = new Set(tested.map(({ name }) => name));
  const variables = { NV_DEMO_ENVIRONMENT: "local", NV_DEMO_DOMAIN: domain };
  const output = join(folder, "out");
  const stacks = (await synthesize({ outdir: output, variables })).filter(({ name }) => names.has(name));
  const target = localTarget(aws, stacks, { output, variables, bootstrapState: join(folder, "bootstrap.tfstate") });
  const states = new Map<string, State>();
  const progress = recordProgress(silentProgress(stalls), results, "apply to the local AWS");
  if (!(await deployTarget(target, stacks, progress))) return states;
  for (const { name, directory } of stacks) {
    states.set(name, readState(await target.terraform.run(directory, ["show", "-json"])));
  }
  return states;
}

/** Prints nothing: the lines of the real provider, which runs at the same time, are redrawn in place. */
function silentProgress({ reportProgress }: StallDetector): Progress {
  return {
    begin: reportProgress,
    event: reportProgress,
    done: reportProgress,
    fail: reportProgress,
    skip: reportProgress,
  };
}
