import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { UsageError } from "../command-line/command-line.ts";
import { chooseStacks, configurationText, onlyStacks, type Stack } from "../synth/manifest.ts";
import { ROOT } from "../synth/settings.ts";
import { synthesize } from "../synth/synthesize.ts";
import type { Target } from "./target.ts";

const run = promisify(execFile);

/**
 * Synthesizes the stacks of an environment as another commit described them, with the packages that are installed now.
 *
 * @param work with the stacks, whose folders are gone after it.
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
    // beside the checkout, not in it: there it would be a change of the repository, which some bundles tell
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
 * The stacks that a command works on: those that a person named, and of them, where a commit is given, those that differ from it.
 *
 * @param names of none means all stacks.
 * @throws UsageError when there is no such stack or commit.
 */
export async function stacksToWorkOn(
  { stacks, environment }: Pick<Target, "stacks" | "environment">,
  names: readonly string[],
  ref: string | undefined,
): Promise<readonly Stack[]> {
  const named = chooseStacks(stacks, names);
  if (ref === undefined) return named;
  const changed = await stacksChangedSince(ref, named, environment.name);
  if (changed.length === 0) console.error(`No stack is synthesized otherwise than from ${ref}.`);
  return onlyStacks(
    stacks,
    changed.map(({ name }) => name),
  );
}

/**
 * Those of the stacks that are new or synthesized otherwise than by another commit. A bundle's hash is part of what is synthesized. All of them when
 * the lock file differs: the other commit's packages are not at hand to make its bundles of.
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
