import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readBuildInfo } from "../tools/bundle/read-build-info.ts";
import { readCommandLine, runCommand } from "../tools/command-line/command-line.ts";
import { openProgress } from "../tools/deploy/json-progress.ts";
import { withTarget } from "../tools/deploy/open-target.ts";
import { planMarkdown } from "../tools/deploy/plan/markdown.ts";
import { writePlanSet } from "../tools/deploy/plan/plan-set.ts";
import { planStacks, type StackPlan } from "../tools/deploy/plan/plan-stacks.ts";
import { stacksToWorkOn } from "../tools/deploy/select-stacks.ts";
import { StateStore } from "../tools/deploy/state/state-store.ts";
import { requireStateBucket } from "../tools/deploy/state-bucket.ts";
import type { Target } from "../tools/deploy/target.ts";
import { ROOT } from "../tools/synth/settings.ts";

/**
 * `npm run plan -- <environment> [stack …]`: what an apply would do, of all stacks or of those that are named.
 *
 *   --changed-since <ref>  only stacks that are synthesized otherwise than from this commit
 *   --out <folder>         writes the plans there, and plan.json, for npm run apply
 *   --markdown <file>      writes the comment of a pull request
 *   --json                 tells it as lines of JSON
 *
 * Ends as Terraform: 0 nothing to do, 2 changes (or stacks that wait for them), 1 failed.
 */
const OPTIONS = {
  "changed-since": { type: "string" },
  out: { type: "string" },
  markdown: { type: "string" },
  json: { type: "boolean" },
} as const;

await runCommand(() => {
  const { environment, names, values } = readCommandLine(OPTIONS);
  return withTarget(environment, {}, async (target) => {
    const folder = values.out === undefined ? mkdtempSync(join(tmpdir(), "nv-demo-plan-")) : resolve(values.out);
    try {
      return await plan(target, names, folder, values);
    } finally {
      if (values.out === undefined) rmSync(folder, { recursive: true, force: true });
    }
  });
});

interface Options {
  readonly "changed-since"?: string | undefined;
  readonly out?: string | undefined;
  readonly markdown?: string | undefined;
  readonly json?: boolean | undefined;
}

async function plan(target: Target, names: readonly string[], folder: string, options: Options): Promise<number> {
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, "plan.json"), { force: true }); // of an earlier plan
  const chosen = await stacksToWorkOn(target, names, options["changed-since"]);
  await requireStateBucket(target);
  const states = new StateStore(target.s3);
  const progress = openProgress(chosen, options.json);
  const plans = await planStacks({ ...target, chosen, states, progress, folder });
  progress.report();

  const { long: commit } = await readBuildInfo(ROOT);
  if (options.markdown !== undefined) {
    writeFileSync(options.markdown, planMarkdown({ environment: target.environment.name, commit, plans }));
  }
  const outcomes = new Set([...plans.values()].map(({ outcome }) => outcome));
  if (outcomes.has("failed")) return 1;
  const { set, sha256 } = await writePlanSet(folder, target, commit, plans, states);
  if (options.json) console.log(JSON.stringify({ type: "result", ...set, sha256 }));
  else if (options.out !== undefined) console.log(approval(target.environment.name, options.out, sha256, plans));
  return outcomes.has("changes") || outcomes.has("waiting") ? 2 : 0;
}

function approval(environment: string, folder: string, sha256: string, plans: ReadonlyMap<string, StackPlan>): string {
  const changed = [...plans.values()].filter(({ outcome }) => outcome === "changes").length;
  if (changed === 0) return "There is nothing to apply.";
  return `To apply exactly this:\n\n  npm run apply -- ${environment} --plans ${folder} --sha256 ${sha256}\n`;
}
