import { duration } from "../command-line/terminal/text.ts";
import { UNCHANGED } from "../deploy/deploy.ts";
import type { StackResult } from "./deploy-changes.ts";

export interface WatchRun {
  readonly paths: readonly string[];
  /** Names of the services whose bundle has changed. */
  readonly services: readonly string[];
  readonly results: ReadonlyMap<string, StackResult>;
  /** Names of other stacks whose changes the user did not want to apply. */
  readonly waiting: readonly string[];
  /** Names of stacks that are deployed and not part of the application any more. */
  readonly removed: readonly string[];
  /** The folder that the stacks were synthesized to, relative to the repository. */
  readonly output: string;
  /** Since the first file was saved. */
  readonly milliseconds: number;
}

/** What a run has done: one line if everything is live. */
export function watchReport({ paths, services, results, waiting, removed, output, milliseconds }: WatchRun): string {
  const all = [...results];
  const done = all.flatMap(([name, result]) => (result.outcome === "done" ? [`${name}: ${result.summary}`] : []));
  const applied = done.filter((line) => !line.endsWith(`: ${UNCHANGED}`));
  const time = duration(milliseconds);
  const lines: string[] = [];
  if (applied.length > 0) {
    const isBundled = services.length > 0;
    lines.push(
      isBundled
        ? `${list(services)}: bundled and live in ${time} (${applied.join("; ")})`
        : `${applied.join("; ")}, live in ${time}`,
    );
  } else if (results.size === done.length && removed.length === 0) {
    lines.push(`${changedFiles(paths)}: nothing to deploy`);
  }
  for (const [name, result] of all) {
    if (result.outcome === "failed") lines.push(`${name}:`, result.errors);
    if (result.outcome === "skipped") lines.push(`${name}: skipped, because ${result.because} was not applied`);
    if (result.outcome === "declined") lines.push(notApplied(name, "not applied"));
  }
  for (const name of waiting) lines.push(notApplied(name, "still not applied"));
  for (const name of removed) {
    lines.push(
      `${name}: no longer a stack of the application, and still deployed. Destroy it with`,
      `  npm run local -- terraform -chdir=${output}/stacks/${name} destroy`,
    );
  }
  if (all.some(([, { outcome }]) => outcome === "failed")) {
    lines.push("Stacks that failed stay as they were deployed before. The next save tries again.");
  }
  return lines.join("\n");
}

const notApplied = (name: string, state: string): string =>
  `${name}: ${state}. Apply it with npm run deploy -- local ${name}`;

function changedFiles(paths: readonly string[]): string {
  const [first = ""] = paths;
  return paths.length > 1 ? `${first} and ${paths.length - 1} more` : first;
}

/** `api, ui and users`. */
function list(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}
