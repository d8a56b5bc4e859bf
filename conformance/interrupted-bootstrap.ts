import { type ChildProcess, spawn as spawnProcess } from "node:child_process";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { bootstrap, isBootstrapPending } from "../tools/deploy/bootstrap.ts";
import { deploy } from "../tools/deploy/deploy.ts";
import { stateLocationOf } from "../tools/synth/configuration.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import { errorsOf, type Spawn, type TerraformEvent } from "../tools/terraform/terraform.ts";
import type { EmulatedAccount } from "./emulated-account.ts";
import type { Results } from "./results.ts";
import type { TestedStack } from "./tested-stack.ts";
import { verifyGap } from "./verify-gap.ts";

/** A moment at which Terraform is killed, so that it can neither write its state nor release its lock. */
interface KillPoint {
  readonly description: string;
  /** Whether this is the command to kill. */
  readonly matches: (args: readonly string[]) => boolean;
  /** The command is killed once its standard output contains this. */
  readonly afterOutput: string;
}

const KILL_POINTS: readonly KillPoint[] = [
  {
    description: "after the bucket was created",
    matches: ([command]) => command === "apply",
    afterOutput: '"type":"apply_complete"',
  },
  {
    description: "before the state was moved to the bucket",
    matches: (args) => args.includes("-migrate-state"),
    afterOutput: "",
  },
];

/**
 * Creates the state bucket in an empty account: kills Terraform at each of the kill points, then runs it twice without
 * interruption.
 */
export async function checkInterruptedBootstrap(
  account: EmulatedAccount,
  tested: TestedStack,
  results: Results,
): Promise<void> {
  const progress = new LastApply();
  const deployment = account.deployment([tested.stack], progress);
  const fail = (reason: string) => results.fail("bootstrap of the state bucket", reason);
  for (const killPoint of KILL_POINTS) {
    const killer = new TerraformKiller(killPoint);
    const errors = await bootstrap(account.terraform(killer.spawn), tested.stack, deployment.bootstrapState);
    const { description } = killPoint;
    if (!killer.killed) return fail(`Terraform should have been killed ${description}, but was not: ${errors}`);
    if (!isBootstrapPending(deployment.bootstrapState))
      return fail(`killed ${description}, it left no state to resume`);
  }
  for (const run of ["first run after the kills", "second run"]) {
    progress.changes = -1;
    if (!(await deploy(deployment))) return fail(`${run}: ${progress.errors}`);
    if (isBootstrapPending(deployment.bootstrapState)) return fail(`${run}: the local state still exists`);
    if (progress.changes !== 0) return fail(`${run}: the state in the bucket differs from what was applied`);
  }
  results.pass("bootstrap of the state bucket");
  await checkStateLock(account, tested.stack, results);
  const { output: state } = await account.terraform().run(tested.stack.directory, ["state", "pull"]);
  for (const gap of tested.omitted) await verifyGap({ gap, tested, state }, account.terraform(), results);
}

/**
 * Locks the state as another Terraform would: a plan must fail.
 * https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
async function checkStateLock(account: EmulatedAccount, stack: Stack, results: Results): Promise<void> {
  const { bucket, key } = stateLocationOf(stack);
  const lock = { Bucket: bucket, Key: `${key}.tflock` };
  await account.s3.send(new PutObjectCommand({ ...lock, Body: "{}" }));
  const planned = await account.terraform().run(stack.directory, ["plan", "-input=false", "-json"]);
  await account.s3.send(new DeleteObjectCommand(lock));
  if (errorsOf(planned).includes("Error acquiring the state lock")) results.pass("lock of the state");
  else results.fail("lock of the state", "a plan succeeded although the state was locked");
}

/** The number of changes and the errors of the last apply. */
class LastApply {
  changes = -1;
  errors = "";

  begin(): void {}
  done(): void {}
  skip(): void {}

  event(_stack: string, { changes }: TerraformEvent): void {
    if (changes) this.changes = changes.add + changes.change + changes.remove;
  }

  fail(_stack: string, errors: string): void {
    this.errors = errors;
  }
}

/** Starts Terraform and kills it at the kill point. */
class TerraformKiller {
  killed = false;
  readonly #killPoint: KillPoint;

  constructor(killPoint: KillPoint) {
    this.#killPoint = killPoint;
  }

  readonly spawn: Spawn = (command, args, options) => {
    const child = spawnProcess(command, args, options);
    if (this.#killPoint.matches(args)) this.#killAfterOutput(child);
    return child;
  };

  #killAfterOutput(child: ChildProcess): void {
    let output = "";
    const append = (text: string) => {
      output += text;
      if (this.killed || !output.includes(this.#killPoint.afterOutput)) return;
      this.killed = true;
      child.kill("SIGKILL");
    };
    child.stdout?.on("data", (data: Buffer) => append(data.toString()));
    append("");
  }
}
