import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentName } from "../../../stacks/environment/environment.ts";
import { openTerminal } from "../../command-line/terminal/terminal.ts";
import { chooseStacks } from "../../synth/manifest.ts";
import { withTarget } from "../../target/open-target.ts";
import type { Target } from "../../target/target.ts";
import { textOptions } from "../changes-report.ts";
import { inDeploymentOrder } from "../deployment-order.ts";
import { type AttributeFacts, attributeFacts } from "../diff/facts.ts";
import { openProgress } from "../open-progress.ts";
import { StateStore } from "../state/state-store.ts";
import { requireStateBucket } from "../state-bucket.ts";
import { type Drift, type DriftedResource, driftText } from "./drift.ts";
import { driftDiff } from "./drift-diff.ts";
import { findDrift, type StackDrift } from "./find-drift.ts";

export interface DriftOptions {
  readonly json: boolean;
  /** Also print attributes that have not changed, and the values of differences that an apply leaves as they are. */
  readonly verbose: boolean;
}

/** Prints the drift of stacks. @returns the exit code: 0 no drift, 2 drift, 1 failure. */
export function reportDrift(
  environment: EnvironmentName,
  stackNames: readonly string[],
  options: DriftOptions,
): Promise<number> {
  return withTarget(environment, { stackNames, mustExist: true }, async (target) => {
    const folder = mkdtempSync(join(tmpdir(), "nv-demo-drift-"));
    try {
      return await reportDriftOf(target, stackNames, folder, options);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function reportDriftOf(
  target: Target,
  stackNames: readonly string[],
  folder: string,
  { json, verbose }: DriftOptions,
): Promise<number> {
  const chosen = chooseStacks(target.stacks, stackNames);
  await requireStateBucket(target);
  const progress = openProgress(chosen, json);
  const found = await findDrift({ ...target, chosen, states: new StateStore(target.s3), progress, folder });
  if (!json) {
    const compared = inDeploymentOrder(chosen).flatMap(({ name }) => {
      const drift = found.get(name);
      return drift && isCompared(drift) ? [[name, drift] as const] : [];
    });
    const layout = textOptions(openTerminal(process.stdout), verbose);
    if (compared.length > 0) console.log(`\n${driftDiff(new Map(compared), layout)}`);
  }
  progress.report();
  const reports = new Map([...found].map(([stack, drift]) => [stack, stackReport(stack, drift)]));
  if (json) console.log(JSON.stringify({ type: "result", stacks: Object.fromEntries(reports) }));
  const statuses = new Set([...reports.values()].map(({ status }) => status));
  if (statuses.has("failed")) return 1;
  return statuses.has("drifted") ? 2 : 0;
}

const absent = {
  "never applied": "was never applied",
  "reads outputs that were never applied": "reads outputs that were never applied",
} as const;

function isCompared(drift: StackDrift): drift is Drift {
  return typeof drift !== "string" && !("error" in drift);
}

/** One stack in the JSON output; `text` is Markdown that may be published. */
function stackReport(stack: string, drift: StackDrift) {
  if (typeof drift === "string") return { status: "absent", text: `\`${stack}\` ${absent[drift]}.` } as const;
  if ("error" in drift) {
    return { status: "failed", text: `\`${stack}\` could not be compared; the log has the error.` } as const;
  }
  const status = drift.drifted.length > 0 ? ("drifted" as const) : ("clean" as const);
  const { drifted, noticed, pending } = drift;
  return {
    status,
    drifted: drifted.map(withFacts),
    noticed: noticed.map(withFacts),
    pending,
    text: driftText(stack, drift),
  };
}

/** The values of a deleted resource are not listed. */
function withFacts<Resource extends DriftedResource>({ difference, ...resource }: Resource) {
  const changes: readonly AttributeFacts[] = resource.how === "deleted" ? [] : attributeFacts(difference);
  return { ...resource, changes };
}
