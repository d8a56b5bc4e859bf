import { existsSync, readFileSync } from "node:fs";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import { UsageError } from "../command-line/errors.ts";
import { upsertComment } from "./comment.ts";
import { deploymentAccess, environmentsOf } from "./deployment-access.ts";
import { readDriftReport, syncDriftIssues } from "./drift-issues.ts";
import { githubApi } from "./github-api.ts";

/** Prints the environments that this repository deploys to. @returns the exit code. */
export async function printEnvironments(names: readonly string[]): Promise<number> {
  const deployed = environmentsOf(process.env.GITHUB_REPOSITORY ?? "");
  const chosen = names.length === 0 ? deployed : deployed.filter((name) => names.includes(name));
  console.log(`environments=${JSON.stringify(chosen)}`);
  return 0;
}

/** Prints what a workflow needs to act on an environment. */
export async function printAccess(name: EnvironmentName, role: string): Promise<number> {
  const access = deploymentAccess(readEnvironment({ ...process.env, NV_DEMO_ENVIRONMENT: name }), role);
  for (const [key, value] of Object.entries(access)) console.log(`${key}=${value}`);
  return 0;
}

/** Creates or updates the comment of a pull request. */
export async function comment(name: EnvironmentName, number: number, files: readonly string[]): Promise<number> {
  const parts = files.map((file) => read(file).trim());
  console.log(
    `The comment was ${await upsertComment(githubApi(process.env), { number, marker: `plan ${name}`, parts })}.`,
  );
  return 0;
}

/** Opens and closes the issues about drift. */
export async function updateDriftIssues(name: EnvironmentName, file: string): Promise<number> {
  const reports = readDriftReport(read(file));
  for (const change of await syncDriftIssues(githubApi(process.env), name, reports)) console.log(change);
  return 0;
}

function read(file: string): string {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  return readFileSync(file, "utf8");
}
