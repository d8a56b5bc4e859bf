import { dataDirectory } from "../paths/data-directory.ts";
import type { CommandNode } from "./command.ts";
import { UsageError } from "./errors.ts";
import { explainError } from "./explain-error.ts";
import { commandLine, helpText } from "./help.ts";
import { InterruptedError } from "./interruption.ts";
import { type Invocation, namedCommand, parseInvocation } from "./parse-invocation.ts";

/** Codes of a write to a terminal that was closed. */
const TERMINAL_CLOSED: readonly string[] = ["EIO", "ENXIO"];

/** Runs a command with the arguments of this process, and ends the process with its exit code. */
export async function runCommand(root: CommandNode): Promise<never> {
  endWithReader();
  const args = process.argv.slice(2);
  // Of work in the background, as when the disk becomes full while the local deployment runs.
  process.on("uncaughtException", (error) => {
    const context = { environment: "local", dataDirectory: dataDirectory(), help: helpLine(root, args) };
    console.error(explainError(error, context) ?? error);
    process.exit(1);
  });
  process.exit(await execute(root, args));
}

/**
 * Ends this process when the reader of a pipe has ended, as in `npm run --silent logs -- api | head -1`. When the
 * terminal was closed, its signal ends the command, which still stops what it has started.
 */
function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      if (!TERMINAL_CLOSED.includes(error.code ?? "")) throw error;
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
    const context = { environment, dataDirectory: dataDirectory(), help: helpLine(root, args) };
    const message = explainError(error, context);
    if (message === undefined) throw error;
    console.error(message);
    if (error instanceof InterruptedError) return error.exitCode;
    return error instanceof UsageError ? 2 : 1;
  }
}

/** The command line that prints the usage of what a command line names. */
function helpLine(root: CommandNode, args: readonly string[]): string {
  return commandLine(namedCommand(root, args), "--help");
}
