import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** There is no such commit here; a shallow clone may lack it. */
export class UnknownCommitError extends Error {
  override readonly name = "UnknownCommitError";
  readonly code = "UnknownCommit";
}

/**
 * Lays out the repository as a commit has it in a folder of its own, with the dependencies that are installed now, for as long as `use` takes.
 *
 * @param repository its folder.
 * @param ref any name of a commit that Git knows.
 * @throws UnknownCommitError
 */
export async function withWorktree<Result>(
  repository: string,
  ref: string,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const commit = await commitOf(repository, ref);
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "nv-demo-commit-")));
  const folder = join(parent, "worktree");
  const git = (...args: string[]) => run("git", ["-C", repository, "worktree", ...args]);
  try {
    await git("add", "--detach", "--quiet", folder, commit);
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
    return await use(folder);
  } finally {
    rmSync(parent, { recursive: true, force: true });
    await git("prune");
  }
}

async function commitOf(repository: string, ref: string): Promise<string> {
  try {
    const { stdout } = await run("git", [
      "-C",
      repository,
      "rev-parse",
      "--verify",
      "--end-of-options",
      `${ref}^{commit}`,
    ]);
    return stdout.trim();
  } catch {
    throw new UnknownCommitError(`There is no commit "${ref}" in this clone; fetch it first.`);
  }
}
