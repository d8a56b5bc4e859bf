import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Stack } from "../synth/manifest.ts";
import { errorsOf, type Terraform, type TerraformResult } from "./terraform.ts";

/** The stack that makes the bucket in which every state lies, its own too. */
export const STATE_BUCKET_STACK = "state-bucket";

/**
 * Makes the state bucket out of nothing: applies its stack with a local state, then moves that state into the bucket which it made.
 *
 * Safe to repeat and to interrupt: as long as the local state file is there the move has not been completed, and the next run goes on from it.
 *
 * @param localState where the state lies until it is moved.
 * @returns the errors, or undefined when the state lies in the bucket.
 */
export async function bootstrap(terraform: Terraform, stack: Stack, localState: string): Promise<string | undefined> {
  const resumed = isBootstrapPending(localState);
  const override = join(stack.directory, "backend_override.tf.json");
  mkdirSync(dirname(localState), { recursive: true });
  writeFileSync(override, JSON.stringify({ terraform: { backend: { local: { path: localState } } } }));
  const failed = (result: TerraformResult) => (result.code === 0 ? undefined : errorsOf(result));
  try {
    const applied =
      failed(await terraform.run(stack.directory, ["init", "-input=false", "-no-color", "-reconfigure"])) ??
      failed(resumed ? await applyWithLostBuckets(terraform, stack) : await apply(terraform, stack));
    if (applied !== undefined) return applied;
  } finally {
    rmSync(override, { force: true });
  }
  const moved = failed(
    await terraform.run(stack.directory, ["init", "-input=false", "-no-color", "-migrate-state", "-force-copy"]),
  );
  if (moved !== undefined) return moved;
  for (const file of [localState, `${localState}.backup`]) rmSync(file, { force: true });
  return undefined;
}

function apply(terraform: Terraform, { directory }: Stack): Promise<TerraformResult> {
  return terraform.run(directory, ["apply", "-auto-approve", "-input=false", "-json"]);
}

/** A Terraform that was killed while S3 made a bucket has not recorded it. It is there under our name and in our account, so it is taken in. */
async function applyWithLostBuckets(terraform: Terraform, stack: Stack): Promise<TerraformResult> {
  const applied = await apply(terraform, stack);
  const lost = applied.events.flatMap(({ diagnostic }) =>
    diagnostic?.address && /BucketAlready(Exists|OwnedByYou)/.test(diagnostic.summary) ? [diagnostic.address] : [],
  );
  if (lost.length === 0) return applied;
  for (const address of lost) {
    const bucket = bucketAt(stack, address);
    const imported = await terraform.run(stack.directory, ["import", "-input=false", "-no-color", address, bucket]);
    if (imported.code !== 0) return imported;
  }
  return apply(terraform, stack);
}

function bucketAt({ directory }: Stack, address: string): string {
  const { resource } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as {
    resource: { aws_s3_bucket: Record<string, { bucket: string } | undefined> };
  };
  const name = resource.aws_s3_bucket[address.replace("aws_s3_bucket.", "")]?.bucket;
  if (name === undefined) throw new Error(`${address} has no name of its own`);
  return name;
}

/**
 * The reverse: moves the state out of the bucket and destroys the stack that holds it. Call when every other stack is destroyed.
 *
 * @returns the errors, or undefined when nothing is left.
 */
export async function unbootstrap(terraform: Terraform, stack: Stack, localState: string): Promise<string | undefined> {
  const override = join(stack.directory, "backend_override.tf.json");
  const run = async (...args: string[]) => {
    const result = await terraform.run(stack.directory, args);
    return result.code === 0 ? undefined : errorsOf(result);
  };
  const connected = await run("init", "-input=false", "-no-color", "-reconfigure");
  if (connected !== undefined) return connected;
  writeFileSync(override, JSON.stringify({ terraform: { backend: { local: { path: localState } } } }));
  try {
    const failed =
      (await run("init", "-input=false", "-no-color", "-migrate-state", "-force-copy")) ??
      (await run("apply", "-destroy", "-auto-approve", "-input=false", "-json"));
    if (failed !== undefined) return failed;
  } finally {
    rmSync(override, { force: true });
  }
  for (const file of [localState, `${localState}.backup`]) rmSync(file, { force: true });
  return undefined;
}

/** Whether a bootstrap was begun and not completed. */
export function isBootstrapPending(localState: string): boolean {
  return existsSync(localState);
}
