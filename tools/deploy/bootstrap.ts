import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readConfiguration } from "../synth/configuration.ts";
import type { Stack } from "../synth/manifest.ts";
import { errorsOf, type Terraform, type TerraformEvent, type TerraformResult } from "../terraform/terraform.ts";

/** The stack of the bucket that contains every state, including its own. */
export const STATE_BUCKET_STACK = "state-bucket";

/**
 * Creates the state bucket where there is none: applies its stack with a local state, then moves that state into the
 * new bucket.
 *
 * Safe to repeat and to interrupt: while the local state file exists, the move has not completed, and the next run
 * continues from it.
 *
 * @param localState the file with the state until it is moved.
 * @param onEvent receives the events of the apply.
 * @returns the errors, or undefined when the state is in the bucket.
 */
export async function bootstrap(
  terraform: Terraform,
  stack: Stack,
  localState: string,
  onEvent: (event: TerraformEvent) => void = () => {},
): Promise<string | undefined> {
  const resumed = isBootstrapPending(localState);
  mkdirSync(dirname(localState), { recursive: true });
  const applied = await withLocalBackend(stack, localState, async () => {
    return (
      failure(await terraform.run(stack.directory, ["init", "-input=false", "-no-color", "-reconfigure"])) ??
      failure(resumed ? await applyAndImportBuckets(terraform, stack, onEvent) : await apply(terraform, stack, onEvent))
    );
  });
  const errors = applied ?? failure(await migrateState(terraform, stack));
  if (errors === undefined) removeLocalState(localState);
  return errors;
}

function apply(
  terraform: Terraform,
  { directory }: Stack,
  onEvent: (event: TerraformEvent) => void,
): Promise<TerraformResult> {
  return terraform.run(directory, ["apply", "-auto-approve", "-input=false", "-json"], onEvent);
}

/**
 * If Terraform was killed while S3 created a bucket, the bucket is not in the state. It has the expected name and
 * belongs to the same account, so it is imported.
 */
async function applyAndImportBuckets(
  terraform: Terraform,
  stack: Stack,
  onEvent: (event: TerraformEvent) => void,
): Promise<TerraformResult> {
  const applied = await apply(terraform, stack, onEvent);
  const unrecorded = applied.events.flatMap(({ diagnostic }) =>
    diagnostic?.address && /BucketAlready(Exists|OwnedByYou)/.test(diagnostic.summary) ? [diagnostic.address] : [],
  );
  if (unrecorded.length === 0) return applied;
  for (const address of unrecorded) {
    const bucket = bucketName(stack, address);
    const imported = await terraform.run(stack.directory, ["import", "-input=false", "-no-color", address, bucket]);
    if (imported.code !== 0) return imported;
  }
  return apply(terraform, stack, onEvent);
}

function bucketName(stack: Stack, address: string): string {
  const name = readConfiguration(stack).resource.aws_s3_bucket?.[address.replace("aws_s3_bucket.", "")]?.bucket;
  if (typeof name !== "string") throw new Error(`${address} in the stack ${stack.name} has no argument "bucket".`);
  return name;
}

/**
 * The reverse of {@link bootstrap}: moves the state out of the bucket and destroys the stack of the bucket. Call it
 * when every other stack is destroyed.
 *
 * @returns the errors, or undefined when nothing is left.
 */
export async function removeStateBucket(
  terraform: Terraform,
  stack: Stack,
  localState: string,
): Promise<string | undefined> {
  const initialized = await terraform.run(stack.directory, ["init", "-input=false", "-no-color", "-reconfigure"]);
  if (initialized.code !== 0) return errorsOf(initialized);
  const errors = await withLocalBackend(stack, localState, async () => {
    const destroy = ["apply", "-destroy", "-auto-approve", "-input=false", "-json"];
    return failure(await migrateState(terraform, stack)) ?? failure(await terraform.run(stack.directory, destroy));
  });
  if (errors === undefined) removeLocalState(localState);
  return errors;
}

/** Whether a bootstrap was started and not completed. */
export function isBootstrapPending(localState: string): boolean {
  return existsSync(localState);
}

/** Runs `work` while the stack's state is in a file. */
async function withLocalBackend<Result>(stack: Stack, path: string, work: () => Promise<Result>): Promise<Result> {
  const override = join(stack.directory, "backend_override.tf.json");
  writeFileSync(override, JSON.stringify({ terraform: { backend: { local: { path } } } }));
  try {
    return await work();
  } finally {
    rmSync(override, { force: true });
  }
}

/** Moves the state from the backend of the last `init` to the one that is configured now. */
function migrateState(terraform: Terraform, { directory }: Stack): Promise<TerraformResult> {
  return terraform.run(directory, ["init", "-input=false", "-no-color", "-migrate-state", "-force-copy"]);
}

function failure(result: TerraformResult): string | undefined {
  return result.code === 0 ? undefined : errorsOf(result);
}

function removeLocalState(localState: string): void {
  for (const file of [localState, `${localState}.backup`]) rmSync(file, { force: true });
}
