import { relative } from "node:path";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { dataDirectory } from "../paths/data-directory.ts";
import { outputDirectory } from "../paths/output-directory.ts";
import { awsCliWarning } from "./aws-cli-warning.ts";
import { readEnvironmentInfo } from "./environment-info.ts";
import { infoJson, renderInfo } from "./render-info.ts";
import { readVersions } from "./versions.ts";

export interface InfoOptions {
  /** Prints the password, too. That of the local deployment is always printed on a terminal. */
  readonly showPassword: boolean;
  readonly json: boolean;
}

/** Prints what there is to know about a deployment. @returns the exit code. */
export async function printInfo(environment: EnvironmentName, { showPassword, json }: InfoOptions): Promise<number> {
  const isLocal = environment === "local";
  const info = await readEnvironmentInfo(environment, showPassword || isLocal);
  const endpoint = info.awsVariables?.AWS_ENDPOINT_URL;
  const warning = endpoint === undefined ? undefined : await awsCliWarning(endpoint);
  if (warning !== undefined) console.error(warning);
  const output = relative(process.cwd(), outputDirectory(environment));
  const surroundings = {
    dataDirectory: dataDirectory(),
    outputDirectory: output.startsWith("..") ? outputDirectory(environment) : output,
    versions: await readVersions(),
    showPassword: showPassword || (isLocal && !json && process.stdout.isTTY === true),
  };
  console.log(json ? infoJson(info, surroundings) : renderInfo(info, surroundings));
  return 0;
}
