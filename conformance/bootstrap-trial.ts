import { type ChildProcess, spawn as spawnProcess } from "node:child_process";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { bootstrap, isBootstrapPending } from "../tools/deploy/bootstrap.ts";
import { deploy } from "../tools/deploy/deploy.ts";
import { errorsOf, type Spawn, type TerraformEvent } from "../tools/deploy/terraform.ts";
import { stateLocationOf } from "../tools/synth/configuration.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import type { EmulatedAccount } from "./emulated-account.ts";
import type { JudgedStack } from "./judged-stack.ts";
import { prove } from "./proof.ts";
import type { Verdicts } from "./verdicts.ts";

/** When a Terraform is killed, with no chance to write its state or to give back its lock. */
interface Moment {
  readonly name: string;
  /** Whether it is this command that is killed. */
  readonly during: (args: readonly string[]) => boolean;
  /** Part of what it has said by then. */
  readonly after: string;
}

const MOMENTS: readonly Moment[] = [
  {
    name: "when a bucket is made",
    during: ([command]) => command === "apply",
    after: '"type":"apply_complete"',
  },
  { name: "before the state is moved into the bucket", during: (args) => args.includes("-migrate-state"), after: "" },
];

/** Makes the state bucket in an empty account: Terraform is killed half-way, at one moment after the other; then it is let be, twice in a row. */
export async function tryBootstrap(account: EmulatedAccount, judged: JudgedStack, verdicts: Verdicts): Promise<void> {
  const progress = new Events();
  const deployment = account.deployment([judged.stack], progress);
  const fail = (reason: string) => verdicts.fail("bootstrap of the state bucket", reason);
  for (const moment of MOMENTS) {
    const execution = new Execution(moment);
    const errors = await bootstrap(account.terraform(execution.spawn), judged.stack, deployment.bootstrapState);
    if (!execution.done) return fail(`Terraform was to be killed ${moment.name}, and was not: ${errors}`);
    if (!isBootstrapPending(deployment.bootstrapState))
      return fail(`killed ${moment.name}, it left nothing to go on from`);
  }
  for (const time of ["after it was killed", "once more"]) {
    progress.changes = -1;
    if (!(await deploy(deployment))) return fail(`${time}: ${progress.errors}`);
    if (isBootstrapPending(deployment.bootstrapState)) return fail(`${time}: the local state is still there`);
    if (progress.changes !== 0) return fail(`${time}: the state in the bucket is not what was applied`);
  }
  verdicts.pass("bootstrap of the state bucket");
  await tryLock(account, judged.stack, verdicts);
  const { output: state } = await account.terraform().run(judged.stack.directory, ["state", "pull"]);
  for (const gap of judged.leftOut) await prove({ gap, judged, state }, account.terraform(), verdicts);
}

/** Takes the lock as another Terraform would (https://developer.hashicorp.com/terraform/language/backend/s3#state-locking): ours must not touch the state. */
async function tryLock(account: EmulatedAccount, stack: Stack, verdicts: Verdicts): Promise<void> {
  const { bucket, key } = stateLocationOf(stack);
  const lock = { Bucket: bucket, Key: `${key}.tflock` };
  await account.s3.send(new PutObjectCommand({ ...lock, Body: "{}" }));
  const planned = await account.terraform().run(stack.directory, ["plan", "-input=false", "-json"]);
  await account.s3.send(new DeleteObjectCommand(lock));
  if (errorsOf(planned).includes("Error acquiring the state lock")) verdicts.pass("lock of the state");
  else verdicts.fail("lock of the state", "a plan went on while another held it");
}

/** Remembers what the last apply had to do, and why it could not. */
class Events {
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

/** Starts Terraform, and kills it when the moment has come. */
class Execution {
  /** Whether it came. */
  done = false;
  readonly #moment: Moment;

  constructor(moment: Moment) {
    this.#moment = moment;
  }

  readonly spawn: Spawn = (command, args, options) => {
    const child = spawnProcess(command, args, options);
    if (this.#moment.during(args)) this.#watch(child);
    return child;
  };

  #watch(child: ChildProcess): void {
    let said = "";
    const look = (text: string) => {
      said += text;
      if (this.done || !said.includes(this.#moment.after)) return;
      this.done = true;
      child.kill("SIGKILL");
    };
    child.stdout?.on("data", (data: Buffer) => look(data.toString()));
    look("");
  }
}
