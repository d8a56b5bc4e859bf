import { dataDirectory } from "../paths/data-directory.ts";
import type { CommandNode } from "./command.ts";
import { UsageError } from "./errors.ts";
import { explainError } from "./explain-error.ts";
import { commandLine, helpText } from "./help.ts";
import { InterruptedError } from "./interruption.ts";
import { type Invocation, namedCommand, parseInvocation } from "./parse-invocation.ts";

/** Runs a command with the arguments of this process, and ends the process with its exit code. */
export async function runCommand(root: CommandNode): Promise<never> {
  endWithReader();
  process.exit(await execute(root, process.argv.slice(2)));
}

/** Ends this process when the reader of a pipe has ended, as in `npm run --silent logs -- api | head -1`. */
function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit(0);
    });
  }
}

/**
 * Runs a command line.
 *
 * @returns the exit code of the command; 2 for wrong usage; 1 for an error that is not a defect; 128 plus the number
 *   of the signal for an interrupted command.
 * @throws any other error, which is a defect and is printed with its stack trace.
 */
export async function execute(
  root: CommandNode,
  args: readonly string[],
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  const help = commandLine(namedCommand(root, args), "--help");
  let environment = "local";
  try {
    const invocation: Invocation = parseInvocation(root, args, variables);
    if (invocation.kind === "help") {
      console.log(helpText(invocation.path));
      return 0;
    }
    environment = invocation.input.environment;
    return await invocation.command.run(invocation.input);
  } catch (error) {
    const message = explainError(error, { environment, dataDirectory: dataDirectory(), help });
    if (message === undefined) throw error;
    console.error(message);
    if (error instanceof InterruptedError) return error.exitCode;
    return error instanceof UsageError ? 2 : 1;
  }
}
