import { explainUserError, type Subject } from "./user-command-error.ts";
import type { UsersContext } from "./users-context.ts";

/**
 * Runs a command on the users.
 *
 * @throws UserCommandError, UsageError when the change is not possible, AuditLogError when it is not in the audit log.
 */
export async function runOnUsers(
  context: UsersContext,
  subject: Subject,
  work: (context: UsersContext) => Promise<void>,
): Promise<void> {
  try {
    await work(context);
  } catch (error) {
    const problem = context.audit.problem();
    if (problem !== undefined) context.output.explain(`The attempt was ${problem}.`);
    throw await explainUserError(error, context, subject);
  }
  context.audit.requireWritten();
}
