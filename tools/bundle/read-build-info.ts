import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { BuildInfo } from "../../services/build-info/build-info.ts";

/** For files without a git history, such as an archive of the repository. */
const NONE: BuildInfo = {
  type: "none",
  short: "0".repeat(7),
  long: "0".repeat(40),
  time: "1970-01-01T00:00:00Z",
  modified: true,
};

/** The commit of a folder. It is modified when files were changed, added or deleted, except for ignored ones. */
export async function readBuildInfo(folder: string): Promise<BuildInfo> {
  const git = async (...args: string[]): Promise<string> =>
    // Without a lock, because the status must not block a commit at the same time.
    (await promisify(execFile)("git", ["--no-optional-locks", "-C", folder, ...args])).stdout;
  try {
    const [log, status] = await Promise.all([git("log", "-1", "--format=%H %ct"), git("status", "--porcelain")]);
    const [long = "", seconds = ""] = log.trim().split(" ");
    const time = new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z");
    return { type: "git", short: long.slice(0, 7), long, time, modified: status !== "" };
  } catch {
    return NONE; // There is no repository, no commit, or no git.
  }
}
