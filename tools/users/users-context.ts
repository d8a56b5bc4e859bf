import type { Clock } from "../../lib/time/clock.ts";
import type { Actor, UserDirectory } from "../../lib/users/user-directory.ts";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import type { TerminalInput } from "../command-line/terminal/terminal-input.ts";
import type { CommandAuditLog } from "./audit.ts";

/** What the commands work with. */
export interface UsersContext {
  readonly environment: EnvironmentName;
  readonly directory: UserDirectory;
  /** Who runs the command. */
  readonly actor: Actor;
  readonly audit: CommandAuditLog;
  readonly clock: Clock;
  /** The Files API, without a trailing slash; empty when it is not deployed. */
  readonly apiUrl: string;
  readonly input: TerminalInput;
  readonly output: UsersOutput;
}

/** A result can be piped; what explains it is for people. */
export interface UsersOutput {
  /** Writes a line to the standard output. */
  result(line: string): void;
  /** Writes a line to the standard error. */
  explain(line: string): void;
}

/** `npm run user -- dev list` */
export const userCommandLine = ({ environment }: Pick<UsersContext, "environment">, args: string): string =>
  `npm run user -- ${environment} ${args}`;
