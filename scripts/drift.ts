import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCommandLine, runCommand } from "../tools/command-line/command-line.ts";
import { driftText } from "../tools/deploy/drift/drift.ts";
import { findDrift, type StackDrift } from "../tools/deploy/drift/find-drift.ts";
import { openProgress } from "../tools/deploy/json-progress.ts";
import { withTarget } from "../tools/deploy/open-target.ts";
import { StateStore } from "../tools/deploy/state/state-store.ts";
import { requireStateBucket } from "../tools/deploy/state-bucket.ts";
import type { Target } from "../tools/deploy/target.ts";
import { chooseStacks } from "../tools/synth/manifest.ts";

/**
 * `npm run drift -- <environment> [stack …]`: whether what is there is still what was applied.
 *
 *   --json  tells it as lines of JSON; the last has `stacks`, by name: `status`, `drifted`, `noticed`, `pending` and a `text` that may be published
 *
 * Ends as Terraform: 0 no drift, 2 drift, 1 failed.
 */
await runCommand(() => {
  const { environment, names, values } = readCommandLine({ json: { type: "boolean" } });
  return withTarget(environment, {}, async (target) => {
    const folder = mkdtempSync(join(tmpdir(), "nv-demo-drift-"));
    try {
      return await drift(target, names, folder, values.json);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

async function drift(target: Target, names: readonly string[], folder: string, json?: boolean): Promise<number> {
  const chosen = chooseStacks(target.stacks, names);
  await requireStateBucket(target);
  const progress = openProgress(chosen, json);
  const found = await findDrift({ ...target, chosen, states: new StateStore(target.s3), progress, folder });
  progress.report();
  const reports = new Map([...found].map(([stack, drift]) => [stack, report(stack, drift)]));
  if (json) console.log(JSON.stringify({ type: "result", stacks: Object.fromEntries(reports) }));
  const statuses = new Set([...reports.values()].map(({ status }) => status));
  if (!json) for (const { status, text } of reports.values()) if (status === "drifted") console.log(`\n${text}`);
  if (statuses.has("failed")) return 1;
  return statuses.has("drifted") ? 2 : 0;
}

const absent = {
  "never applied": "was never applied",
  "reads what was never applied": "reads what was never applied, and is compared after that",
} as const;

function report(stack: string, drift: StackDrift) {
  if (typeof drift === "string") return { status: "absent", text: `\`${stack}\` ${absent[drift]}.` } as const;
  if ("error" in drift)
    return { status: "failed", text: `\`${stack}\` could not be compared; the log says why.` } as const;
  const status = drift.drifted.length > 0 ? ("drifted" as const) : ("clean" as const);
  return { status, ...drift, text: driftText(stack, drift) };
}
