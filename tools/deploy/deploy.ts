import { readFileSync, writeFileSync } from "node:fs";
import { configurationFile } from "../synth/configuration.ts";
import type { Stack } from "../synth/manifest.ts";
import { errorsOf, type Terraform, type TerraformEvent, type TerraformResult } from "../terraform/terraform.ts";
import { bootstrap, isBootstrapPending, removeStateBucket, STATE_BUCKET_STACK } from "./bootstrap.ts";
import { overrideProgress, type Progress } from "./progress.ts";
import { schedule } from "./schedule.ts";

/** The summary of a stack whose plan is empty. */
export const UNCHANGED = "no changes";

export interface Deployment {
  readonly stacks: readonly Stack[];
  readonly terraform: Terraform;
  readonly progress: Progress;
  /** How many stacks are applied at the same time. */
  readonly parallelism: number;
  /** The file with the state of the state bucket's own stack until the bucket exists. */
  readonly bootstrapState: string;
  stateBucketExists(): Promise<boolean>;
}

/** Applies or destroys one stack, and reports the result to the progress. @returns whether it succeeded. */
export type StackOperation = (stack: Stack, terraform: Terraform, progress: Progress) => Promise<boolean>;

/**
 * Applies every stack, that of the state bucket first.
 *
 * @param work replaces {@link applyStack}, for additional work on each stack.
 * @returns whether all of them succeeded.
 */
export async function deploy(deployment: Deployment, work: StackOperation = applyStack): Promise<boolean> {
  const { stacks, terraform, progress, bootstrapState } = deployment;
  let created: string | undefined;
  if (!(await deployment.stateBucketExists()) || isBootstrapPending(bootstrapState)) {
    const stack = stacks.find(({ name }) => name === STATE_BUCKET_STACK);
    if (!stack) throw new Error(`There is no stack "${STATE_BUCKET_STACK}" for the states.`);
    progress.begin(stack.name, "creating the state bucket");
    const onEvent = (event: TerraformEvent) => progress.event(stack.name, event);
    const errors = await bootstrap(terraform, stack, bootstrapState, onEvent);
    if (errors !== undefined) {
      progress.fail(stack.name, errors);
      return false;
    }
    created = stack.name;
  }
  const outcomes = await schedule(
    stacks,
    "forward",
    deployment.parallelism,
    // What the bootstrap created is applied again like any other stack, and must not be reported as unchanged.
    (stack) => work(stack, terraform, stack.name === created ? reportedAsCreated(progress) : progress),
    (stack, because) => progress.skip(stack.name, because),
  );
  return [...outcomes.values()].every((outcome) => outcome === "done");
}

function reportedAsCreated(progress: Progress): Progress {
  return overrideProgress(progress, {
    done: (stack, summary) =>
      progress.done(stack, summary === UNCHANGED ? "created, its state moved into it" : summary),
  });
}

/**
 * Destroys every stack in reverse order, that of the state bucket last.
 *
 * @param work replaces {@link destroyStack} for every stack except that of the state bucket.
 * @returns whether all of them succeeded.
 */
export async function destroy(
  { stacks, terraform, progress, parallelism, bootstrapState }: Deployment,
  work: StackOperation = destroyStack,
): Promise<boolean> {
  const outcomes = await schedule(
    stacks.filter(({ name }) => name !== STATE_BUCKET_STACK),
    "backward",
    parallelism,
    (stack) => work(stack, terraform, progress),
    (stack, because) => progress.skip(stack.name, because),
  );
  const stateBucket = stacks.find(({ name }) => name === STATE_BUCKET_STACK);
  const [remaining] = [...outcomes].find(([, outcome]) => outcome !== "done") ?? [];
  if (!stateBucket || remaining !== undefined) {
    if (stateBucket && remaining !== undefined) progress.skip(stateBucket.name, remaining);
    return remaining === undefined;
  }
  progress.begin(stateBucket.name, "moving its state out and destroying the bucket");
  const errors = await removeStateBucket(terraform, stateBucket, bootstrapState);
  if (errors === undefined) progress.done(stateBucket.name, "destroyed");
  else progress.fail(stateBucket.name, errors);
  return errors === undefined;
}

/** Initializes a stack's folder and applies it. */
export async function applyStack(stack: Stack, terraform: Terraform, progress: Progress): Promise<boolean> {
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
 * Destroys the resources of a stack by applying it without any: everything in its state is destroyed. `apply -destroy`
 * would still evaluate the configuration, and fail where the code is newer than what is deployed: for example on an
 * output that another stack does not have yet.
 */
export const destroyStack: StackOperation = async (stack, terraform, progress) => {
  const file = configurationFile(stack);
  const configuration = readFileSync(file, "utf8");
  const { terraform: settings, provider } = JSON.parse(configuration) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ terraform: settings, provider }));
  try {
    return await applyStack(stack, terraform, progress);
  } finally {
    writeFileSync(file, configuration);
  }
};

/** Initializes a stack's folder, including its backend. */
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
