import type { Environment } from "../environment/environment.ts";

/**
 * A link to the repository of the environment, or the path in it.
 *
 * @param runbook a page in `docs/runbooks`, or its section: `functions.md#errors`.
 */
export function runbookLink({ github, notifications }: Environment, runbook: string): string {
  const path = `docs/runbooks/${runbook}`;
  if (github === undefined || notifications.runbooks === "paths") return path;
  return `https://github.com/${github.owner}/${github.repository}/blob/main/${path}`;
}
