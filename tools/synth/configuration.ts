import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { Stack } from "./manifest.ts";

const stateLocation = v.object({ bucket: v.string(), key: v.string() });
const blocks = v.record(v.string(), v.record(v.string(), v.record(v.string(), v.unknown())));

/** The part of a stack's `cdk.tf.json` that is read here. */
const configuration = v.object({
  terraform: v.object({
    backend: v.object({ s3: stateLocation }),
    required_providers: v.record(v.string(), v.unknown()),
  }),
  data: v.optional(
    v.object({ terraform_remote_state: v.optional(v.record(v.string(), v.object({ config: stateLocation })), {}) }),
    {},
  ),
  /** Type → name → arguments. */
  resource: v.optional(blocks, {}),
  output: v.optional(v.record(v.string(), v.object({ value: v.unknown() })), {}),
});

/** A synthesized stack as Terraform's JSON configuration. */
export type Configuration = v.InferOutput<typeof configuration>;

/** Where a stack keeps its state. */
export type StateLocation = v.InferOutput<typeof stateLocation>;

export function configurationFile({ directory }: Pick<Stack, "directory">): string {
  return join(directory, "cdk.tf.json");
}

/** The text of `cdk.tf.json`. */
export function configurationText(stack: Pick<Stack, "directory">): string {
  return readFileSync(configurationFile(stack), "utf8");
}

export function readConfiguration(stack: Pick<Stack, "directory">): Configuration {
  return v.parse(v.pipe(v.string(), v.parseJson(), configuration), configurationText(stack));
}

export function stateLocationOf(stack: Pick<Stack, "directory">): StateLocation {
  return readConfiguration(stack).terraform.backend.s3;
}

/** The bucket in which a stack keeps its state. */
export function stateBucketOf(stack: Pick<Stack, "directory">): string {
  return stateLocationOf(stack).bucket;
}
