import { cpSync } from "node:fs";
import { STATE_BUCKET_STACK } from "../tools/deploy/bootstrap.ts";
import { chooseStacks, type Stack, withDependencies } from "../tools/synth/manifest.ts";
import { synthesize } from "../tools/synth/synthesize.ts";
import { Emulator } from "./emulator.ts";

/**
 * Synthesizes all stacks as for an AWS account, except for what the emulator or its older provider does not support.
 */
export function synthesizeForEmulator(outdir: string, domain: string): Promise<Stack[]> {
  const variables = {
    NV_DEMO_ENVIRONMENT: "dev",
    NV_DEMO_ACCOUNT_ID: Emulator.accountId,
    NV_DEMO_DOMAIN: domain,
    NV_DEMO_PARTS: "all",
    NV_DEMO_GITHUB: "octo-example@1234567/nv-demo@7654321",
    NV_DEMO_LAMBDA_RUNTIME: "nodejs22.x",
    NV_DEMO_S3_ADDRESSING: "path",
  };
  return synthesize({ outdir, variables });
}

/**
 * The stacks with these names and their dependencies.
 *
 * @param names if empty, all stacks are selected.
 * @throws UsageError for an unknown name.
 */
export function selectStacks(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  chooseStacks(stacks, names);
  return withDependencies(stacks, names);
}

/** Copies the folder of the stack that creates the state bucket. */
export function copyOfStateBucket(stacks: readonly Stack[], directory: string): Stack {
  const stack = stacks.find(({ name }) => name === STATE_BUCKET_STACK);
  if (!stack) throw new Error(`There is no stack "${STATE_BUCKET_STACK}".`);
  cpSync(stack.directory, directory, { recursive: true });
  return { ...stack, directory };
}
