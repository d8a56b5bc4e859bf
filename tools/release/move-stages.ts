import { ReleaseError } from "../../lib/releases/release.ts";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { openAws } from "../aws/open-aws.ts";
import { wrapErrors } from "../command-line/errors.ts";
import { PublishError, packageProgram } from "./package-program.ts";
import { Releases } from "./releases.ts";
import { renderRelease, renderStatus } from "./render.ts";

/** Prints what each stage serves. @returns the exit code. */
export function printStatus(environment: EnvironmentName, json: boolean): Promise<number> {
  return withReleases(environment, async (releases) => {
    const status = await releases.status();
    return [json ? JSON.stringify(status) : renderStatus(status)];
  });
}

/** Serves all requests of a stage with a version. */
export function promote(environment: EnvironmentName, stage: string, version: string | undefined): Promise<number> {
  return withReleases(environment, async (releases) => [renderRelease(await releases.promote(stage, version))]);
}

/** Serves a share of the requests of a stage with a version. */
export function startCanary(
  environment: EnvironmentName,
  stage: string,
  version: string | undefined,
  percent: number,
): Promise<number> {
  return withReleases(environment, async (releases) => [
    renderRelease(await releases.canary(stage, percent / 100, version)),
  ]);
}

/** Ends the canary of a stage, or serves an earlier version. */
export function rollBack(environment: EnvironmentName, stage: string, version: string | undefined): Promise<number> {
  return withReleases(environment, async (releases) => [renderRelease(await releases.rollback(stage, version))]);
}

/** Prints every release of a stage. */
export function printHistory(environment: EnvironmentName, stage: string): Promise<number> {
  return withReleases(environment, async (releases) => (await releases.history(stage)).map(renderRelease));
}

/**
 * Publishes a version from a file.
 *
 * @throws PublishError when the environment or the file is not suitable.
 */
export function publish(environment: EnvironmentName, file: string): Promise<number> {
  if (environment === "prod") {
    throw new PublishError(
      "BUILT_FROM_COMMITS",
      "In prod only deployments publish versions, from a commit: npm run deploy -- prod releases",
    );
  }
  const zip = packageProgram(file);
  return withReleases(environment, async (releases) => [await releases.publish(zip)]);
}

/** Deletes versions that are not needed. */
export function prune(environment: EnvironmentName, keep: number): Promise<number> {
  return withReleases(environment, async (releases) => {
    const pruned = await releases.prune(keep);
    return [pruned.length > 0 ? `Deleted the versions ${pruned.join(", ")}.` : "There is nothing to delete."];
  });
}

function withReleases(
  environment: EnvironmentName,
  work: (releases: Releases) => Promise<readonly string[]>,
): Promise<number> {
  return wrapErrors([ReleaseError], async () => {
    for (const line of await work(new Releases(await openAws(environment)))) console.log(line);
    return 0;
  });
}
