import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A synthesized stack: one Terraform state. */
export interface Stack {
  readonly name: string;
  /** Where Terraform runs; holds `cdk.tf.json`. */
  readonly directory: string;
  /** Names of the stacks whose outputs it reads. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly workingDirectory: string; readonly dependencies: readonly string[] }>
  >;
}

/** The stacks of the last synthesis. The folder may hold more, of stacks that are gone; the manifest does not. */
export function readStacks(outputDirectory: string): Stack[] {
  const manifest = JSON.parse(readFileSync(join(outputDirectory, "manifest.json"), "utf8")) as Manifest;
  return Object.entries(manifest.stacks).map(([name, { workingDirectory, dependencies }]) => ({
    name,
    directory: join(outputDirectory, workingDirectory),
    dependencies,
  }));
}

/**
 * The stacks with these names and all that they depend on, which may be more than once removed.
 *
 * @param names of none means all stacks.
 * @throws Error when there is no such stack.
 */
export function withDependencies(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  if (names.length === 0) return stacks;
  const wanted = new Set<Stack>();
  const add = (name: string): void => {
    const stack = stacks.find((candidate) => candidate.name === name);
    if (!stack) throw new Error(`there is no stack "${name}"`);
    if (wanted.has(stack)) return;
    wanted.add(stack);
    for (const dependency of stack.dependencies) add(dependency);
  };
  for (const name of names) add(name);
  return stacks.filter((stack) => wanted.has(stack));
}

/** Where a stack keeps its state. */
export function stateLocationOf({ directory }: Stack): { readonly bucket: string; readonly key: string } {
  const { terraform } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as {
    terraform: { backend: { s3: { bucket: string; key: string } } };
  };
  return terraform.backend.s3;
}

/** The bucket in which a stack keeps its state. */
export function stateBucketOf(stack: Stack): string {
  return stateLocationOf(stack).bucket;
}
