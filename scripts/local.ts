import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { readAccessKey } from "../local/access-key.ts";
import { findInstance, type InstanceAddress } from "../local/instance-lock.ts";
import { startLocalAws } from "../local/local-aws.ts";
import { reattachVariable } from "../local/provider/server.ts";
import { attachToRunning } from "./local/attach.ts";
import { awsVariables, dataDirectory, localEnvironment, ROOT } from "./local/settings.ts";

/**
 * `npm run local -- <command …>`: runs any command with the local AWS in the place of AWS: `terraform` gets the local provider attached, the AWS CLI
 * and SDKs the endpoint and the key, `npx cdktf-cli` both. Uses the running instance, or starts one for as long as the command runs.
 */
const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  console.error(
    "usage: npm run local -- <command> [arguments]\n  npm run local -- terraform -chdir=cdktf.out/stacks/vpc state list",
  );
  process.exit(2);
}

const data = dataDirectory();
const running = findInstance(data);
const way = running ? await throughRunning(running) : await throughOwn();
const code = await run(way);
await way.close();
process.exit(code);

interface Way {
  readonly endpoint: string;
  readonly providerPort: number;
  close(): Promise<void> | void;
}

async function throughRunning(instance: InstanceAddress): Promise<Way> {
  const attachment = await attachToRunning(instance, workingDirectory());
  return { endpoint: `http://127.0.0.1:${instance.port}`, providerPort: attachment.port, close: attachment.close };
}

async function throughOwn(): Promise<Way> {
  const aws = await startLocalAws(data);
  const attachment = await aws.attach(workingDirectory());
  return {
    endpoint: aws.endpoint,
    providerPort: attachment.port,
    close: async () => {
      attachment.close();
      await aws.stop();
    },
  };
}

/** Against which a Terraform that we run means its relative paths. */
function workingDirectory(): string {
  const chdir = args.find((argument) => argument.startsWith("-chdir="))?.slice("-chdir=".length);
  return resolve(process.cwd(), chdir ?? ".");
}

function run({ endpoint, providerPort }: Way): Promise<number> {
  const env = {
    ...localEnvironment(awsVariables(endpoint, readAccessKey(data))),
    PATH: process.env.NV_DEMO_USER_PATH ?? process.env.PATH,
    TF_REATTACH_PROVIDERS: reattachVariable(providerPort),
    // cdktf runs Terraform in each stack's own folder: through this, each of its runs is attached by itself
    TERRAFORM_BINARY_NAME: join(ROOT, "scripts", "local", "terraform.sh"),
  };
  return new Promise((done) => {
    const child = spawn(command as string, args, { stdio: "inherit", env });
    process.on("SIGINT", () => {}); // the terminal sent it to the command too; it ends by itself, and its state stays whole
    for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
    child.on("error", (error) => {
      console.error(error.message);
      done(127);
    });
    child.on("exit", (exitCode, signal) => done(exitCode ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
