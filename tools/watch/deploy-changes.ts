import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyAndReport, NOT_APPROVED } from "../deploy/apply-planned-stack.ts";
import type { StackOperation } from "../deploy/deploy.ts";
import { deployTarget } from "../deploy/deploy-target.ts";
import { type PlanJson, plannedChanges } from "../deploy/plan/changes.ts";
import type { Progress } from "../deploy/progress.ts";
import { readsOf } from "../deploy/reads.ts";
import { onlyStacks, type Stack } from "../synth/manifest.ts";
import type { Target } from "../target/target.ts";
import { destroyedResources } from "./destroyed-resources.ts";
import { type PlannedStacks, withReaders } from "./planned-stacks.ts";

/** How a stack ended that was changed, or that reads a changed output. */
export type StackResult =
  | { readonly outcome: "done"; readonly summary: string }
  | { readonly outcome: "failed"; readonly errors: string }
  | { readonly outcome: "skipped"; readonly because: string }
  /** Its plan destroys resources, and the user did not want it. */
  | { readonly outcome: "declined" }
  /** The user was asked and changed something instead. */
  | { readonly outcome: "postponed" };

/** Without reading each resource again, which takes up to half of the time. The key `r` reads them. */
const PLAN_OPTIONS = ["-refresh=false"];

/**
 * Asks whether to apply a plan that destroys resources.
 *
 * @returns undefined when the user changes a file instead: then the stack is planned again.
 */
export type Confirm = (stack: string, destroyed: readonly string[]) => Promise<boolean | undefined>;

/**
 * Plans the changed stacks, and those that read an output that changes; applies what destroys nothing, and asks for the
 * rest.
 *
 * @returns stack → result, of the stacks that were planned and of the changed ones.
 */
export async function deployChanges(
  target: Target,
  changed: readonly Stack[],
  planned: PlannedStacks,
  confirm: Confirm,
): Promise<ReadonlyMap<string, StackResult>> {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-watch-"));
  const results = new Map<string, StackResult>();
  /** Stack → its outputs that a plan changes. */
  const outputs = new Map<string, readonly string[]>();
  const isChanged = (name: string) => changed.some((stack) => stack.name === name);
  const isPlanned = (stack: Stack) =>
    isChanged(stack.name) ||
    readsOf(stack, target.stacks).some((read) => outputs.get(read.from)?.some((name) => read.outputs.includes(name)));

  const report = {
    add: (name: string, plan: PlanJson) => void outputs.set(name, plannedChanges(plan).outputs),
    approve: async (name: string, plan: PlanJson) => {
      const destroyed = destroyedResources(plan);
      const approved = destroyed.length === 0 || (await confirm(name, destroyed));
      if (approved === false) results.set(name, { outcome: "declined" });
      if (approved === undefined) results.set(name, { outcome: "postponed" });
      return approved === true;
    },
    applied: () => {},
  };
  const progress: Progress = {
    begin: () => {},
    event: () => {},
    done: (name, summary) => void results.set(name, { outcome: "done", summary }),
    fail: (name, errors) => {
      if (errors !== NOT_APPROVED) results.set(name, { outcome: "failed", errors });
    },
    skip: (name, because) => void results.set(name, { outcome: "skipped", because }),
  };
  const apply = applyAndReport(folder, report, PLAN_OPTIONS);
  const operation: StackOperation = async (stack, ...rest) => !isPlanned(stack) || apply(stack, ...rest);
  const stacks = onlyStacks(
    target.stacks,
    withReaders(target.stacks, changed).map(({ name }) => name),
  );
  try {
    await deployTarget(target, stacks, progress, operation);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    for (const stack of target.stacks) record(stack, results, planned);
  }
  return new Map([...results].filter(([name, { outcome }]) => outcome !== "skipped" || isChanged(name)));
}

function record(stack: Stack, results: ReadonlyMap<string, StackResult>, planned: PlannedStacks): void {
  const outcome = results.get(stack.name)?.outcome;
  if (outcome === "done" || outcome === "declined") planned.record(stack);
  // A part of it may have been applied, or an output that it reads.
  else if (causeOf(stack.name, results) === "failed") planned.forget(stack.name);
}

/** How a stack ended, or the one because of which it was skipped. */
function causeOf(name: string, results: ReadonlyMap<string, StackResult>): StackResult["outcome"] | undefined {
  const result = results.get(name);
  return result?.outcome === "skipped" ? causeOf(result.because, results) : result?.outcome;
}
