import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { EnvironmentName } from "../../../stacks/environment/environment.ts";
import { readBuildInfo } from "../../bundle/read-build-info.ts";
import { createOutputFolder, writeOutputFile } from "../../command-line/output-path.ts";
import { ROOT } from "../../paths/root.ts";
import { withTarget } from "../../target/open-target.ts";
import type { Target } from "../../target/target.ts";
import { openChangesReport } from "../changes-report.ts";
import { openProgress } from "../open-progress.ts";
import { selectStacks } from "../select-stacks.ts";
import { StateStore } from "../state/state-store.ts";
import { requireStateBucket } from "../state-bucket.ts";
import { planMarkdown } from "./markdown.ts";
import { writePlanSet } from "./plan-set.ts";
import { planStacks, type StackPlan } from "./plan-stacks.ts";

/** Exit code for changes, as of `terraform plan -detailed-exitcode`. */
const CHANGES = 2;

export interface PlanOptions {
  /** Plan only stacks that differ from this commit. */
  readonly changedSince: string | undefined;
  /** The folder for the saved plans and `plan.json`. */
  readonly out: string | undefined;
  /** The file for a pull request comment. */
  readonly markdown: string | undefined;
  readonly json: boolean;
  /** Also print attributes that do not change. */
  readonly verbose: boolean;
}

/** Plans stacks. @returns the exit code: 0 nothing to do, 2 changes or stacks that wait for them, 1 failure. */
export function planEnvironment(
  environment: EnvironmentName,
  stackNames: readonly string[],
  options: PlanOptions,
): Promise<number> {
  return withTarget(environment, { stackNames, mustExist: true }, async (target) => {
    const { out } = options;
    const folder = out === undefined ? mkdtempSync(join(tmpdir(), "nv-demo-plan-")) : resolve(out);
    try {
      return await planTarget(target, stackNames, folder, options);
    } finally {
      if (out === undefined) rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function planTarget(
  target: Target,
  stackNames: readonly string[],
  folder: string,
  { changedSince, out, markdown, json, verbose }: PlanOptions,
): Promise<number> {
  createOutputFolder(folder);
  rmSync(join(folder, "plan.json"), { force: true }); // Of an earlier plan.
  const chosen = await selectStacks(target, stackNames, changedSince);
  await requireStateBucket(target);
  const states = new StateStore(target.s3);
  const progress = openProgress(chosen, json);
  const plans = await planStacks({ ...target, chosen, states, progress, folder });
  const report = openChangesReport({ json, verbose });
  for (const [name, plan] of plans) if (plan.outcome === "changes") report.add(name, plan.json);
  report.print(chosen);
  progress.report();

  const { long: commit } = await readBuildInfo(ROOT);
  const { name: environment } = target.environment;
  if (markdown !== undefined) writeOutputFile(markdown, planMarkdown({ environment, commit, plans }));
  const outcomes = new Set([...plans.values()].map(({ outcome }) => outcome));
  if (outcomes.has("failed")) return 1;
  const { set, sha256 } = await writePlanSet(folder, target, commit, plans, states);
  if (json) console.log(JSON.stringify({ type: "result", ...set, sha256 }));
  else {
    for (const line of closingLines(plans)) console.log(line);
    if (out !== undefined) console.log(applyHint(environment, out, sha256, plans));
  }
  return outcomes.has("changes") || outcomes.has("waiting") ? CHANGES : 0;
}

/** What follows the changes: the stacks that wait, or that there are no changes. */
function closingLines(plans: ReadonlyMap<string, StackPlan>): string[] {
  const all = [...plans];
  if (all.length === 0) return []; // No stack was chosen, which is printed when they are.
  if (all.every(([, { outcome }]) => outcome === "unchanged")) return ["No changes."];
  return all.flatMap(([name, plan]) =>
    plan.outcome === "waiting" ? [`${name} is planned in the next round, after ${plan.for.join(", ")}.`] : [],
  );
}

function applyHint(environment: string, folder: string, sha256: string, plans: ReadonlyMap<string, StackPlan>): string {
  const changed = [...plans.values()].some(({ outcome }) => outcome === "changes");
  if (!changed) return "There is nothing to apply.";
  return `To apply exactly this plan:\n\n  npm run apply -- ${environment} --plans ${folder} --sha256 ${sha256}\n`;
}
