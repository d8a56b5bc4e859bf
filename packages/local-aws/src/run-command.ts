import { spawn } from "node:child_process";
import { constants } from "node:os";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type AwsCliCall, findAwsCli, keepLocal } from "./aws-cli.ts";
import { clientEnvironment } from "./client-environment.ts";
import { requireProgram } from "./find-program.ts";
import type { LocalAwsOptions } from "./local-aws.ts";
import { openLocalAws } from "./running-instance.ts";

/**
 * The program that cdktf-cli runs in place of Terraform. It attaches each run separately, because cdktf-cli runs
 * Terraform in the folder of each stack.
 */
const TERRAFORM_WRAPPER = fileURLToPath(new URL("../bin/terraform.sh", import.meta.url));
/** The exit code of shells for a command that cannot be run. */
const NOT_FOUND = 127;

export interface RunCommandOptions extends LocalAwsOptions {
  /** The data folder. */
  readonly directory: string;
  /** The environment of the command, to which the variables for the local AWS are added. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Runs a command with the local AWS in place of AWS: the local provider is attached to Terraform, and the AWS CLI and
 * SDKs connect with the endpoint and the access key in their environment. Both apply to cdktf-cli. Uses the instance
 * that uses the data folder, or starts one for as long as the command runs.
 *
 * @returns the exit code of the command; 127 when it cannot be run.
 * @throws ProgramNotFoundError before anything is started; InstanceRunningError while another process is starting an
 * instance.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { directory, environment = process.env, ...options }: RunCommandOptions,
): Promise<number> {
  requireProgram(command, environment.PATH ?? "");
  const aws = await openLocalAws(directory, options);
  try {
    const attachment = await aws.attach(workingDirectory(args));
    try {
      const call = {
        args,
        environment: {
          ...clientEnvironment(aws, environment),
          ...attachment.variables,
          LOCAL_AWS_DATA: directory,
          TERRAFORM_BINARY_NAME: TERRAFORM_WRAPPER,
        },
      };
      const local = basename(command) === "aws" ? await callOfAwsCli(command, call, aws.endpoint) : call;
      return await run(command, local.args, local.environment);
    } finally {
      attachment.close();
    }
  } finally {
    await aws.stop();
  }
}

/** No request of an old AWS CLI may leave this machine. */
async function callOfAwsCli(program: string, call: AwsCliCall, endpoint: string): Promise<AwsCliCall> {
  const cli = await findAwsCli(call.environment, program);
  if (cli?.readsEndpointVariable) return call;
  console.error(
    `${cli?.version ?? "This AWS CLI"} does not read AWS_ENDPOINT_URL (2.13 and 1.29 are the first versions that do): ` +
      `adding --endpoint-url ${endpoint}`,
  );
  return keepLocal(call, endpoint);
}

/** The folder to which Terraform's relative paths refer. */
function workingDirectory(args: readonly string[]): string {
  const chdir = args.find((argument) => argument.startsWith("-chdir="))?.slice("-chdir=".length);
  return resolve(process.cwd(), chdir ?? ".");
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: "inherit", env });
    // The terminal also sends SIGINT to the command, which needs time to write its state before it exits.
    process.on("SIGINT", () => {});
    for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
    child.on("error", (error) => {
      console.error(error.message);
      done(NOT_FOUND);
    });
    child.on("exit", (exitCode, signal) => done(exitCode ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
