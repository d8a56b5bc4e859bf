import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../command-line/command-line.ts";

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

/**
 * The stacks that a person chose.
 *
 * @param names of none means all stacks.
 * @throws UsageError when there is no such stack.
 */
export function chooseStacks(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  const unknown = names.find((name) => !stacks.some((stack) => stack.name === name));
  if (unknown !== undefined) {
    throw new UsageError(`There is no stack "${unknown}". There are ${stacks.map(({ name }) => name).join(", ")}.`);
  }
  return names.length === 0 ? stacks : onlyStacks(stacks, names);
}

/** The stacks with these names and no others, in the same order: one that depends on another through stacks left out depends on it itself. */
export function onlyStacks(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  return stacks
    .filter(({ name }) => names.includes(name))
    .map((stack) => {
      const reached = withDependencies(stacks, stack.dependencies.length > 0 ? stack.dependencies : [stack.name]);
      const dependencies = reached
        .map(({ name }) => name)
        .filter((name) => name !== stack.name && names.includes(name));
      return { ...stack, dependencies };
    });
}

/** The part of a synthesized stack that the runner itself reads. */
export interface Configuration {
  readonly terraform: {
    readonly backend: { readonly s3: StateLocation };
    readonly required_providers: object;
  };
  readonly data?: {
    readonly terraform_remote_state?: Readonly<Record<string, { readonly config: StateLocation }>>;
  };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** Where a stack keeps its state. */
export interface StateLocation {
  readonly bucket: string;
  readonly key: string;
}

export function configurationFile({ directory }: Stack): string {
  return join(directory, "cdk.tf.json");
}

/** A stack as it was synthesized, in the form of a file. */
export function configurationText(stack: Stack): string {
  return readFileSync(configurationFile(stack), "utf8");
}

export function readConfiguration(stack: Stack): Configuration {
  return JSON.parse(configurationText(stack)) as Configuration;
}

export function stateLocationOf(stack: Stack): StateLocation {
  return readConfiguration(stack).terraform.backend.s3;
}

/** The bucket in which a stack keeps its state. */
export function stateBucketOf(stack: Stack): string {
  return stateLocationOf(stack).bucket;
}
