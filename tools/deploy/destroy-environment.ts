import { rmSync } from "node:fs";
import { join } from "node:path";
import { removeDataFolder } from "@nv-demo/local-aws";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { UsageError } from "../command-line/errors.ts";
import { openTerminalInput } from "../command-line/terminal/terminal-input.ts";
import { dataDirectory } from "../paths/data-directory.ts";
import { outputDirectory } from "../paths/output-directory.ts";
import { hasLocalDeployment, refuseWhileRunning } from "../target/local-target.ts";
import { withTarget } from "../target/open-target.ts";
import type { Target } from "../target/target.ts";
import { destroy } from "./deploy.ts";
import { openProgress } from "./open-progress.ts";
import { refuseOrphanedStacks } from "./orphaned-stacks.ts";
import { destroyableStacks, protectedData } from "./protected-data.ts";
import { S3States } from "./state/s3-states.ts";
import { requireStateBucket, stateBucketExists } from "./state-bucket.ts";

export interface DestroyOptions {
  /** The name of the environment; default: prompts for it on the terminal. */
  readonly confirm: string | undefined;
  /** Allows destroying production. */
  readonly production: boolean;
  readonly json: boolean;
}

/**
 * Destroys an environment in reverse order, and its state bucket last. Protected data and the stacks that it needs are
 * not destroyed. The local deployment is destroyed with its data folder, without a confirmation; other files in this
 * folder are not deleted.
 *
 * @returns the exit code.
 */
export function destroyEnvironment(
  environment: EnvironmentName,
  { confirm, production, json }: DestroyOptions,
): Promise<number> {
  if (environment === "local") return destroyLocalDeployment(json);
  if (environment === "prod" && !production) {
    throw new UsageError("Refusing to destroy production without --production.");
  }
  return withTarget(environment, {}, async (target) => {
    await refuseOrphanedStacks(new S3States(target.s3, target.stacks), environment);
    printProtectedData(target);
    const confirmed = confirm ?? (await prompt(`Type ${environment} to destroy it: `));
    if (confirmed !== environment) {
      throw new UsageError(`Nothing was destroyed: "${confirmed}" is not the name ${environment}.`);
    }
    return destroyTarget(target, json);
  });
}

async function destroyLocalDeployment(json: boolean): Promise<number> {
  const data = dataDirectory();
  if (!(await hasLocalDeployment())) {
    console.log(`There is no local deployment in ${data}. Nothing was deleted.`);
    return 0;
  }
  refuseWhileRunning();
  const code = await withTarget("local", {}, async (target) =>
    // A data folder to which nothing was deployed has no bucket.
    (await stateBucketExists(target.s3, target.stacks)) ? destroyTarget(target, json) : 0,
  );
  if (code === 0) removeData(data);
  return code;
}

function removeData(data: string): void {
  // In the data folder where NV_DEMO_DATA names one.
  if (process.env.NV_DEMO_DATA !== undefined) rmSync(outputDirectory(), { recursive: true, force: true });
  for (const suffix of ["", ".backup"]) rmSync(join(data, `bootstrap.tfstate${suffix}`), { force: true });
  const others = removeDataFolder(data);
  if (others.length > 0) console.error(`Other files in ${data} were not deleted: ${others.join(", ")}`);
}

async function destroyTarget(target: Target, json: boolean): Promise<number> {
  await requireStateBucket(target);
  const stacks = destroyableStacks(target.stacks);
  const progress = openProgress(stacks, json, "backward");
  const bucketExists = () => stateBucketExists(target.s3, target.stacks);
  const succeeded = await destroy({ ...target, stacks, progress, stateBucketExists: bucketExists });
  progress.report();
  if (json) console.log(JSON.stringify({ type: "result", succeeded }));
  return succeeded ? 0 : 1;
}

function printProtectedData({ environment, stacks }: Target): void {
  const resources = protectedData(stacks);
  if (resources.length === 0) return;
  const destroyable = destroyableStacks(stacks);
  const others = stacks.filter((stack) => !destroyable.includes(stack)).map(({ name }) => name);
  console.error(`The data of ${environment.name} is protected:`);
  for (const { stack, address } of resources) console.error(`  ${stack}  ${address}`);
  console.error(`These stacks will not be destroyed: ${others.join(", ")}.`);
}

async function prompt(question: string): Promise<string> {
  const input = openTerminalInput();
  if (!input.isTerminal) {
    throw new UsageError("Standard input is not a terminal: confirm with --confirm <environment>.");
  }
  return (await input.ask(question)).trim();
}
