import { checkPassword } from "../../lib/users/password.ts";
import { UsageError } from "../command-line/errors.ts";
import type { TerminalInput } from "../command-line/terminal/terminal-input.ts";

/** Where a password comes from; by default one is generated. */
export interface PasswordSource {
  /** Asks for it on the terminal, twice. */
  readonly ask: boolean;
  /** Reads it from the standard input. */
  readonly stdin: boolean;
}

/**
 * Reads a password.
 *
 * @returns undefined when one is to be generated.
 * @throws UsageError, UserError `InvalidPassword`
 */
export async function readPassword(input: TerminalInput, { ask, stdin }: PasswordSource): Promise<string | undefined> {
  if (ask && stdin) throw new UsageError("--ask and --password-stdin exclude each other.");
  if (ask) return askPassword(input);
  return stdin ? pipePassword(input) : undefined;
}

async function askPassword(input: TerminalInput): Promise<string> {
  if (!input.isTerminal) {
    throw new UsageError("Standard input is not a terminal: pass the password with --password-stdin instead of --ask.");
  }
  const password = await input.askSecret("Password: ");
  checkPassword(password);
  if ((await input.askSecret("Again: ")) !== password) {
    throw new UsageError("The two passwords differ. Nothing was changed.");
  }
  return password;
}

async function pipePassword(input: TerminalInput): Promise<string> {
  if (input.isTerminal) throw new UsageError("Standard input is a terminal: use --ask instead of --password-stdin.");
  return (await input.readAll()).replace(/\r?\n$/, "");
}
