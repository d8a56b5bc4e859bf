import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where a local deployment keeps everything: `NV_DEMO_DATA`, or `.local` in the repository. */
export function dataDirectory(): string {
  return resolve(ROOT, process.env.NV_DEMO_DATA ?? ".local");
}

/**
 * Where the stacks are synthesized to: beside the data when that is elsewhere, so that two deployments do not share it, and for AWS in a folder of the
 * environment's own, so that looking at one does not take the stacks from under a running local deployment.
 */
export function outputDirectory(environment: EnvironmentName = "local"): string {
  const local =
    process.env.NV_DEMO_DATA === undefined ? resolve(ROOT, "cdktf.out") : resolve(dataDirectory(), "cdktf.out");
  return environment === "local" ? local : resolve(local, environment);
}
