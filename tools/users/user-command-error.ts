import { UserError, type UserErrorCode } from "../../lib/users/user-error.ts";
import { UserStoreUnavailableError } from "../../lib/users/user-store.ts";
import { didYouMean } from "../command-line/closest-match.ts";
import { CommandError, UsageError } from "../command-line/errors.ts";
import { type UsersContext, userCommandLine } from "./users-context.ts";

/** The change is not possible. */
export class UserCommandError extends CommandError {
  override readonly name = "UserCommandError";
  readonly code: string;

  constructor(cause: UserError, next: string) {
    super(`${cause.message} ${next}`, { cause });
    this.code = cause.code.replaceAll(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  }
}

/** What a command works on. */
export interface Subject {
  readonly user?: string;
  /** The ID of an access key. */
  readonly key?: string;
}

/** An error of the directory, with the next command to run. Every other error is returned as it is. */
export async function explainUserError(error: unknown, context: UsersContext, subject: Subject): Promise<unknown> {
  // The tables do not respond, or not with these credentials; the cause says which.
  if (error instanceof UserStoreUnavailableError) return error.cause ?? error;
  if (!(error instanceof UserError)) return error;
  if (error.code.startsWith("Invalid")) return new UsageError(error.message, { cause: error });
  return new UserCommandError(error, await nextStep(error.code, context, subject));
}

async function nextStep(code: UserErrorCode, context: UsersContext, { user = "", key = "" }: Subject): Promise<string> {
  const run = (label: string, args: string) => `${label}: ${userCommandLine(context, args)}`;
  switch (code) {
    case "UserNotFound": {
      const names = (await context.directory.list()).map(({ name }) => name);
      return `${didYouMean(user, names)} ${run("List all", "list")}`.trim();
    }
    case "UserExists":
      return run("Change its password", `password ${user}`);
    case "LastAdministrator":
      return run("For example", "add <name> --role admin");
    case "KeyNotFound": {
      const ids = (await context.directory.listKeys(user)).map(({ id }) => id);
      return `${didYouMean(key, ids)} ${run("List them", `key list ${user}`)}`.trim();
    }
    case "TooManyKeys":
      return run("Revoke one", `key revoke ${user} <id>`);
    case "TooManyGrants":
      return run("Revoke some", `revoke ${user} <role> <prefix>`);
    case "ConcurrentChange":
      return run("Look at it", "list");
    default:
      return run("List its grants", "list");
  }
}
