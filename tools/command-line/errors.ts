/**
 * An error with a message for users: what is wrong, which value, and what to do. A command prints the message without a
 * stack trace and exits with 1. Every other error is a defect, and is printed with its stack trace.
 */
export abstract class CommandError extends Error {
  /** In SCREAMING_SNAKE_CASE. */
  abstract readonly code: string;
}

/** The command was called in a way that it does not support. The command exits with 2. */
export class UsageError extends CommandError {
  override readonly name = "UsageError";
  readonly code = "USAGE";
}

type ErrorClass = new (...args: never[]) => Error;

/** An error of another package with a message for users. */
export class ExplainedError extends CommandError {
  override readonly name = "ExplainedError";
  readonly code = "EXPLAINED";

  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/**
 * Runs `work` and wraps errors of some classes in {@link CommandError}s. They come from packages that do not depend on
 * the command line.
 *
 * @throws ExplainedError instead of an error of one of `classes`.
 */
export async function explaining<Result>(
  classes: readonly ErrorClass[],
  work: () => Promise<Result> | Result,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const explained = error instanceof Error && classes.some((errorClass) => error instanceof errorClass);
    throw explained ? new ExplainedError(error) : error;
  }
}
