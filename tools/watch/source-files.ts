import { basename } from "node:path";

/** What `main.ts` synthesizes from, relative to the repository. */
export const SOURCES = ["services", "lib", "stacks", "main.ts", "cdktf.json"] as const;

const SOURCE = /\.(ts|tsx|css|json)$|^Dockerfile$/;
const TEST = /\.test\.tsx?$/;
const TEST_FOLDER = /(^|\/)(testing|__snapshots__)\//;

/**
 * Whether a file may be a part of what is deployed. Tests are not, and neither are the temporary and backup files of
 * editors: `.index.ts.swp`, `index.ts~`, `4913`, `index.ts.tmp.1234`.
 */
export function isSource(path: string): boolean {
  const name = basename(path);
  return SOURCE.test(name) && !name.startsWith(".") && !TEST.test(name) && !TEST_FOLDER.test(path);
}
