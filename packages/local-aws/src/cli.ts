import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { awsVariables } from "./client-environment.ts";
import { ProgramNotFoundError } from "./find-program.ts";
import { startLocalAws } from "./local-aws.ts";
import { runCommand } from "./run-command.ts";
import { LocalAwsError } from "./runtime/local-aws-error.ts";

const DEFAULT_DATA = ".local-aws";
const USAGE = `usage: local-aws [--data <folder>] [-- <command> [arguments]]

With a command, runs it with the local AWS in place of AWS and exits with its exit code. Uses the running instance
of the data folder, or starts one for as long as the command runs. Without a command, runs until it is interrupted
and prints the variables with which AWS clients connect to it.

  --data <folder>  folder for all data; default: $LOCAL_AWS_DATA, else ${DEFAULT_DATA} in the current folder
  --help           prints this text

  local-aws -- terraform init
  local-aws -- terraform apply
  local-aws -- aws s3 ls

Exit codes: that of the command; 1 the local AWS could not start; 2 invalid usage; 127 the command was not found.`;

process.exit(await main(process.argv.slice(2)));

async function main(argv: readonly string[]): Promise<number> {
  const separator = argv.indexOf("--");
  const own = separator < 0 ? argv : argv.slice(0, separator);
  const [command, ...args] = separator < 0 ? [] : argv.slice(separator + 1);
  let values: { data?: string; help?: boolean };
  try {
    ({ values } = parseArgs({ args: [...own], options: { data: { type: "string" }, help: { type: "boolean" } } }));
    if (separator >= 0 && command === undefined) throw new TypeError("A command is required after --.");
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 2;
  }
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const directory = resolve(values.data ?? process.env.LOCAL_AWS_DATA ?? DEFAULT_DATA);
  try {
    return command === undefined ? await serve(directory) : await runCommand(command, args, { directory });
  } catch (error) {
    if (!(error instanceof LocalAwsError)) throw error;
    console.error(error.message);
    return error instanceof ProgramNotFoundError ? 127 : 1;
  }
}

/** Runs an instance until this process receives a signal. */
async function serve(directory: string): Promise<number> {
  const interrupted = new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, done);
    process.on("disconnect", done); // The launcher was killed.
  });
  const aws = await startLocalAws(directory, { dashboard: { title: "Local AWS" } });
  try {
    for (const [name, value] of Object.entries(awsVariables(aws))) console.log(`export ${name}=${value}`);
    console.error(`The dashboard: ${aws.dashboardUrl}`); // The standard output is for the shell.
    await interrupted;
    return 0;
  } finally {
    await aws.stop();
  }
}
