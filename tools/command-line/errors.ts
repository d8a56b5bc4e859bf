/**
 * An error with a message for users: what is wrong, which value, and what to do. A command prints the message without a
 * stack trace and exits with 1. Every other error is a defect, and is printed with its stack trace.
 */
export abstract class CommandError extends Error {
  /** In SCREAMING_SNAKE_CASE. */
  abstract readonly code: string;
}

/** The command line is not valid. The command exits with 2. */
export class UsageError extends CommandError {
  override readonly name = "UsageError";
  readonly code = "USAGE";
}

type ErrorClass = abstract new (...args: never[]) => Error;

/** Wraps an error of another package whose message is for users. */
export class WrappedError extends CommandError {
  override readonly name = "WrappedError";
  readonly code = "WRAPPED_ERROR";

  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/**
 * Runs `work`, and wraps its errors of the given classes in a {@link CommandError}: classes of packages that do not
 * depend on this module, with messages for users.
 *
 * @throws WrappedError instead of an error of one of `classes`.
 */
export async function wrapErrors<Result>(
  classes: readonly ErrorClass[],
  work: () => Promise<Result> | Result,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isWrapped = error instanceof Error && classes.some((errorClass) => error instanceof errorClass);
    throw isWrapped ? new WrappedError(error) : error;
  }
}
