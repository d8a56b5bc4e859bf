import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { UsageError } from "../command-line/errors.ts";
import { configurationText } from "../synth/configuration.ts";
import { chooseStacks, onlyStacks, type Stack } from "../synth/manifest.ts";
import { ROOT } from "../synth/repository.ts";
import { synthesize } from "../synth/synthesize.ts";
import type { Target } from "./target.ts";

const run = promisify(execFile);

/**
 * Synthesizes the stacks of an environment from another commit, with the packages that are installed now.
 *
 * @param work runs with the stacks; their folders are removed afterwards.
 * @throws UsageError when there is no such commit, SynthesisError
 */
export async function withStacksOf<Result>(
  ref: string,
  environment: EnvironmentName,
  work: (stacks: readonly Stack[], repository: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-ref-"));
  const repository = join(folder, "repository");
  try {
    // Not in the checkout, where it would be a change of the repository, which some bundles contain.
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "dir");
    await checkOut(ref, repository);
    return await work(
      await synthesize(join(folder, "out"), { NV_DEMO_ENVIRONMENT: environment }, repository),
      repository,
    );
  } finally {
    if (existsSync(repository)) await run("git", ["-C", ROOT, "worktree", "remove", "--force", repository]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function checkOut(ref: string, repository: string): Promise<void> {
  try {
    await run("git", ["-C", ROOT, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  } catch {
    throw new UsageError(`There is no commit "${ref}" here.`);
  }
  await run("git", ["-C", ROOT, "worktree", "add", "--detach", "--quiet", repository, ref]);
}

/**
 * The stacks that a command works on: the named ones and, where a commit is given, only those that differ from it.
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
