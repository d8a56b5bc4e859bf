import { readFileSync, writeFileSync } from "node:fs";
import { configurationFile, type Stack } from "../synth/manifest.ts";
import { bootstrap, isBootstrapPending, STATE_BUCKET_STACK, unbootstrap } from "./bootstrap.ts";
import type { Progress } from "./progress.ts";
import { schedule } from "./schedule.ts";
import { errorsOf, type Terraform, type TerraformEvent, type TerraformResult } from "./terraform.ts";

/** What is said of a stack in which nothing was to be done. */
const UNCHANGED = "no changes";

export interface Deployment {
  readonly stacks: readonly Stack[];
  readonly terraform: Terraform;
  readonly progress: Progress;
  /** Stacks at work at the same time. */
  readonly parallelism: number;
  /** Where the state of the state bucket's own stack lies until there is a bucket. */
  readonly bootstrapState: string;
  /** Whether the state bucket exists. */
  stateBucketExists(): Promise<boolean>;
}

/** What is done with one stack; it tells the progress how it ended. @returns whether it succeeded. */
export type Work = (stack: Stack, terraform: Terraform, progress: Progress) => Promise<boolean>;

/**
 * Applies every stack, the state bucket's first.
 *
 * @param work what to do with each stack, where that is more than to apply it.
 * @returns whether all of them succeeded.
 */
export async function deploy(deployment: Deployment, work: Work = apply): Promise<boolean> {
  const { stacks, terraform, progress, bootstrapState } = deployment;
  const madeNow = new Set<string>();
  if (!(await deployment.stateBucketExists()) || isBootstrapPending(bootstrapState)) {
    const stack = stacks.find(({ name }) => name === STATE_BUCKET_STACK);
    if (!stack) throw new Error(`there is no stack "${STATE_BUCKET_STACK}" to keep the states in`);
    progress.begin(stack.name, "making the state bucket");
    const errors = await bootstrap(terraform, stack, bootstrapState);
    if (errors !== undefined) {
      progress.fail(stack.name, errors);
      return false;
    }
    madeNow.add(stack.name);
  }
  const outcomes = await schedule(
    stacks,
    "forward",
    deployment.parallelism,
    // what the bootstrap made is applied again like any other stack, and must not be said to be unchanged
    (stack) => work(stack, terraform, madeNow.has(stack.name) ? madeOnce(progress) : progress),
    (stack, because) => progress.skip(stack.name, because),
  );
  return [...outcomes.values()].every((outcome) => outcome === "done");
}

/** The same progress, for a stack that cannot be unchanged: it was made a moment ago. */
function madeOnce(progress: Progress): Progress {
  return {
    begin: (stack, phase) => progress.begin(stack, phase),
    event: (stack, event) => progress.event(stack, event),
    done: (stack, summary) => progress.done(stack, summary === UNCHANGED ? "made, its state moved into it" : summary),
    fail: (stack, errors) => progress.fail(stack, errors),
    skip: (stack, because) => progress.skip(stack, because),
  };
}

/**
 * Destroys every stack in reverse order, and at last the state bucket's.
 *
 * @param work what to do with each of the others, where that is more than to destroy it.
 * @returns whether all of them succeeded.
 */
export async function destroy(
  { stacks, terraform, progress, parallelism, bootstrapState }: Deployment,
  work: Work = unapply,
): Promise<boolean> {
  const outcomes = await schedule(
    stacks.filter(({ name }) => name !== STATE_BUCKET_STACK),
    "backward",
    parallelism,
    (stack) => work(stack, terraform, progress),
    (stack, because) => progress.skip(stack.name, because),
  );
  const stateBucket = stacks.find(({ name }) => name === STATE_BUCKET_STACK);
  const left = [...outcomes].find(([, outcome]) => outcome !== "done");
  if (!stateBucket || left) {
    if (stateBucket && left) progress.skip(stateBucket.name, left[0]);
    return !left;
  }
  progress.begin(stateBucket.name, "moving its state out and destroying the bucket");
  const errors = await unbootstrap(terraform, stateBucket, bootstrapState);
  if (errors === undefined) progress.done(stateBucket.name, "destroyed");
  else progress.fail(stateBucket.name, errors);
  return errors === undefined;
}

/** Initializes a stack's folder and applies it. */
export async function apply(stack: Stack, terraform: Terraform, progress: Progress): Promise<boolean> {
  progress.begin(stack.name, "initializing");
  const initialized = await initialize(stack, terraform);
  if (initialized.code !== 0) {
    progress.fail(stack.name, errorsOf(initialized));
    return false;
  }
  progress.begin(stack.name, "planning");
  const onEvent = (event: TerraformEvent) => progress.event(stack.name, event);
  const applied = await terraform.run(stack.directory, ["apply", "-auto-approve", "-input=false", "-json"], onEvent);
  if (applied.code === 0) progress.done(stack.name, summary(applied.events));
  else progress.fail(stack.name, errorsOf(applied));
  return applied.code === 0;
}

/**
 * Destroys what was applied: applies the stack as one that describes nothing, so that what its state knows of is destroyed. `apply -destroy` would still evaluate what is described,
 * and fail when the code has become newer than what is there: on an output, say, that another stack does not have yet or does not have any more.
 */
export const unapply: Work = async (stack, terraform, progress) => {
  const file = configurationFile(stack);
  const described = readFileSync(file, "utf8");
  const { terraform: settings, provider } = JSON.parse(described) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ terraform: settings, provider }));
  try {
    return await apply(stack, terraform, progress);
  } finally {
    writeFileSync(file, described);
  }
};

/** Connects a stack's folder with its state. */
export function initialize({ directory }: Stack, terraform: Terraform): Promise<TerraformResult> {
  return terraform.run(directory, ["init", "-input=false", "-no-color", "-reconfigure"]);
}

function summary(events: readonly TerraformEvent[]): string {
  const changes = events.findLast(({ type }) => type === "change_summary")?.changes;
  if (!changes || changes.add + changes.change + changes.remove === 0) return UNCHANGED;
  return [`${changes.add} added`, `${changes.change} changed`, `${changes.remove} destroyed`]
    .filter((part) => !part.startsWith("0 "))
    .join(", ");
}
