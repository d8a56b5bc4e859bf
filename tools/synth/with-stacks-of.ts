import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { UsageError } from "../command-line/errors.ts";
import { ROOT } from "../paths/root.ts";
import type { Stack } from "./manifest.ts";
import { synthesize } from "./synthesize.ts";

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
    const variables = { NV_DEMO_ENVIRONMENT: environment };
    return await work(await synthesize({ outdir: join(folder, "out"), variables, root: repository }), repository);
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
