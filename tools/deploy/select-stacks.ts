import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { ROOT } from "../paths/root.ts";
import { configurationText } from "../synth/configuration.ts";
import { chooseStacks, onlyStacks, type Stack } from "../synth/manifest.ts";
import { withStacksOf } from "../synth/with-stacks-of.ts";
import type { Target } from "../target/target.ts";

/**
 * The stacks that a command works on: the named ones and, if a commit is specified, only those that differ from it.
 *
 * @param names an empty list means all stacks.
 * @throws UsageError when there is no such stack or commit.
 */
export async function selectStacks(
  { stacks, environment }: Pick<Target, "stacks" | "environment">,
  names: readonly string[],
  ref: string | undefined,
): Promise<readonly Stack[]> {
  const named = chooseStacks(stacks, names);
  if (ref === undefined) return named;
  const changed = await stacksChangedSince(ref, named, environment.name);
  if (changed.length === 0) console.error(`No stack differs from ${ref}.`);
  return onlyStacks(
    stacks,
    changed.map(({ name }) => name),
  );
}

/**
 * The stacks that are new, or whose configuration differs from another commit. The configuration contains the hashes of
 * the bundles. Returns all stacks when the lock file differs: the packages of the other commit are not installed, so
 * its bundles cannot be built.
 */
async function stacksChangedSince(
  ref: string,
  stacks: readonly Stack[],
  environment: EnvironmentName,
): Promise<readonly Stack[]> {
  return withStacksOf(ref, environment, async (earlier, repository) => {
    const lock = (root: string) => readFile(join(root, "package-lock.json"), "utf8");
    if ((await lock(ROOT)) !== (await lock(repository))) return stacks;
    const before = new Map(earlier.map((stack) => [stack.name, configurationText(stack)]));
    return stacks.filter((stack) => before.get(stack.name) !== configurationText(stack));
  });
}
