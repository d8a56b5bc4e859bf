import { EnvironmentError } from "../../stacks/environment/environment.ts";
import type { CommandNode } from "./command.ts";
import { CommandError, UsageError } from "./errors.ts";
import { commandLine, helpText } from "./help.ts";
import { InterruptedError } from "./interruption.ts";
import { type Invocation, namedCommand, parseInvocation } from "./parse-invocation.ts";

/** Runs a command with the arguments of this process, and ends the process with its exit code. */
export async function runCommand(root: CommandNode): Promise<never> {
  process.exit(await execute(root, process.argv.slice(2)));
}

/**
 * Runs a command line.
 *
 * @returns the exit code of the command; 2 for wrong usage; 1 for a CommandError or an error of AWS; 128 plus the
 *   number of the signal for an interrupted command.
 * @throws any other error, which is a defect and is printed with its stack trace.
 */
export async function execute(
  root: CommandNode,
  args: readonly string[],
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  let invocation: Invocation;
  try {
    invocation = parseInvocation(root, args, variables);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\nRun ${commandLine(namedCommand(root, args), "--help")} to see its usage.`);
    return 2;
  }
  if (invocation.kind === "help") {
    console.log(helpText(invocation.path));
    return 0;
  }
  try {
    return await invocation.command.run(invocation.input);
  } catch (error) {
    return reportError(error);
  }
}

function reportError(error: unknown): number {
  if (error instanceof CommandError || error instanceof EnvironmentError) console.error(error.message);
  else if (isAwsError(error)) console.error(`AWS: ${error.name}: ${error.message}`);
  else throw error;
  if (error instanceof InterruptedError) return error.exitCode;
  return error instanceof UsageError ? 2 : 1;
}

/** Whether an SDK client threw the error, because AWS rejected a request or because there are no credentials. */
function isAwsError(error: unknown): error is Error {
  return error instanceof Error && ("$metadata" in error || error.name === "CredentialsProviderError");
}
