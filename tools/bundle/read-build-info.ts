import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { BuildInfo } from "../../services/build-info/build-info.ts";

/** Of files without a history, as in an archive of the repository. */
const NONE: BuildInfo = {
  type: "none",
  short: "0".repeat(7),
  long: "0".repeat(40),
  time: "1970-01-01T00:00:00Z",
  modified: true,
};

/**
 * The commit that a folder's files are of; they are modified if any of them is changed, new or gone, ignored ones
 * aside.
 */
export async function readBuildInfo(folder: string): Promise<BuildInfo> {
  const git = async (...args: string[]): Promise<string> =>
    // no lock: a status must not get into the way of somebody's commit
    (await promisify(execFile)("git", ["--no-optional-locks", "-C", folder, ...args])).stdout;
  try {
    const [log, status] = await Promise.all([git("log", "-1", "--format=%H %ct"), git("status", "--porcelain")]);
    const [long = "", seconds = ""] = log.trim().split(" ");
    const time = new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z");
    return { type: "git", short: long.slice(0, 7), long, time, modified: status !== "" };
  } catch {
    return NONE; // no repository, no commit, or no git
  }
}
