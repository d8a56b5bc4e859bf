import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentName } from "../../../stacks/environment/environment.ts";
import { chooseStacks } from "../../synth/manifest.ts";
import { withTarget } from "../../target/open-target.ts";
import type { Target } from "../../target/target.ts";
import { openProgress } from "../open-progress.ts";
import { StateStore } from "../state/state-store.ts";
import { requireStateBucket } from "../state-bucket.ts";
import { driftText } from "./drift.ts";
import { findDrift, type StackDrift } from "./find-drift.ts";

/** Prints the drift of stacks. @returns the exit code: 0 no drift, 2 drift, 1 failure. */
export function reportDrift(
  environment: EnvironmentName,
  stackNames: readonly string[],
  json: boolean,
): Promise<number> {
  return withTarget(environment, { stackNames, mustExist: true }, async (target) => {
    const folder = mkdtempSync(join(tmpdir(), "nv-demo-drift-"));
    try {
      return await reportDriftOf(target, stackNames, folder, json);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function reportDriftOf(
  target: Target,
  stackNames: readonly string[],
  folder: string,
  json: boolean,
): Promise<number> {
  const chosen = chooseStacks(target.stacks, stackNames);
  await requireStateBucket(target);
  const progress = openProgress(chosen, json);
  const found = await findDrift({ ...target, chosen, states: new StateStore(target.s3), progress, folder });
  progress.report();
  const reports = new Map([...found].map(([stack, drift]) => [stack, stackReport(stack, drift)]));
  if (json) console.log(JSON.stringify({ type: "result", stacks: Object.fromEntries(reports) }));
  const statuses = new Set([...reports.values()].map(({ status }) => status));
  if (!json) for (const { status, text } of reports.values()) if (status === "drifted") console.log(`\n${text}`);
  if (statuses.has("failed")) return 1;
  return statuses.has("drifted") ? 2 : 0;
}

const absent = {
  "never applied": "was never applied",
  "reads outputs that were never applied": "reads outputs that were never applied",
} as const;

/** One stack in the JSON output; `text` is Markdown that may be published. */
function stackReport(stack: string, drift: StackDrift) {
  if (typeof drift === "string") return { status: "absent", text: `\`${stack}\` ${absent[drift]}.` } as const;
  if ("error" in drift) {
    return { status: "failed", text: `\`${stack}\` could not be compared; the log has the error.` } as const;
  }
  const status = drift.drifted.length > 0 ? ("drifted" as const) : ("clean" as const);
  return { status, ...drift, text: driftText(stack, drift) };
}
