import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { didYouMean } from "../command-line/closest-match.ts";
import { UsageError } from "../command-line/errors.ts";

/** A synthesized stack: one Terraform state. */
export interface Stack {
  readonly name: string;
  /** Where Terraform runs; contains `cdk.tf.json`. */
  readonly directory: string;
  /** Names of the stacks whose outputs it reads. */
  readonly dependencies: readonly string[];
}

const manifest = v.object({
  stacks: v.record(v.string(), v.object({ workingDirectory: v.string(), dependencies: v.array(v.string()) })),
});

/** The stacks of the last synthesis. The folder may contain stacks of earlier ones; the manifest does not. */
export function readStacks(outputDirectory: string): Stack[] {
  const text = readFileSync(join(outputDirectory, "manifest.json"), "utf8");
  const { stacks } = v.parse(v.pipe(v.string(), v.parseJson(), manifest), text);
  return Object.entries(stacks).map(([name, { workingDirectory, dependencies }]) => ({
    name,
    directory: join(outputDirectory, workingDirectory),
    dependencies,
  }));
}

/**
 * The stacks with these names and all that they depend on, directly or not.
 *
 * @param names an empty list means all stacks.
 * @throws Error when there is no such stack.
 */
export function withDependencies(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  if (names.length === 0) return stacks;
  const included = new Set<Stack>();
  const add = (name: string): void => {
    const stack = stacks.find((candidate) => candidate.name === name);
    if (!stack) throw new Error(`There is no stack "${name}".`);
    if (included.has(stack)) return;
    included.add(stack);
    for (const dependency of stack.dependencies) add(dependency);
  };
  for (const name of names) add(name);
  return stacks.filter((stack) => included.has(stack));
}

/**
 * The stacks that a command line names.
 *
 * @param names an empty list means all stacks.
 * @throws UsageError when there is no such stack.
 */
export function chooseStacks(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  const known = stacks.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, known) || ` There are ${known.join(", ")}.`;
    throw new UsageError(`There is no stack "${unknown}".${hint}`);
  }
  return names.length === 0 ? stacks : onlyStacks(stacks, names);
}

/**
 * The stacks with these names and no others, in the same order. One that depends on another through stacks that are
 * left out depends on it directly.
 */
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
