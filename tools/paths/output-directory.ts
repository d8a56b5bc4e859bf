import { resolve } from "node:path";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { dataDirectory } from "./data-directory.ts";
import { ROOT } from "./root.ts";

/**
 * Where the stacks of an environment are synthesized to: `cdktf.out`, in the data folder where `NV_DEMO_DATA` names
 * one, so that two local deployments do not share it. Those for AWS are in a folder per environment, so that planning
 * one does not replace the stacks of a running local deployment.
 */
export function outputDirectory(environment: EnvironmentName = "local"): string {
  const parent = process.env.NV_DEMO_DATA === undefined ? ROOT : dataDirectory();
  const local = resolve(parent, "cdktf.out");
  return environment === "local" ? local : resolve(local, environment);
}
