import type { Release, Serving } from "../../lib/releases/release.ts";
import { table } from "../command-line/table.ts";
import type { Status } from "./releases.ts";

/** `3`, or with a canary `3 (90 %), 4 (10 %)`. */
export function renderServing({ version, canary }: Serving): string {
  if (!canary) return version;
  const share = Math.round(canary.weight * 1000) / 10;
  return `${version} (${Math.round((100 - share) * 10) / 10} %), ${canary.version} (${share} %)`;
}

export function renderRelease({ at, action, stage, from, to, by }: Release): string {
  return `${at}  ${action.padEnd(8)}  ${stage}  ${renderServing(from)} → ${renderServing(to)}  by ${by}`;
}

export function renderStatus({ stages, versions }: Status): string {
  const hashOf = new Map(versions.map(({ number, sha256 }) => [number, sha256]));
  const stageRows = stages.map(({ name, serving, follows, alarm }) => [
    name,
    renderServing(serving),
    [serving.version, serving.canary?.version].flatMap((version) => hashOf.get(version ?? "") ?? []).join(", "),
    follows,
    alarm,
  ]);
  const versionRows = versions.map(({ number, sha256, publishedAt }) => [number, sha256, publishedAt]);
  return [
    table(["stage", "version", "artifact (SHA-256)", "follows", "alarm"], stageRows),
    table(["version", "artifact (SHA-256)", "published"], versionRows),
  ].join("\n\n");
}
