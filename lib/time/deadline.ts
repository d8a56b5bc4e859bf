/** Something outside did not answer in its time. */
export class DeadlineExceededError extends Error {
  override readonly name = "DeadlineExceededError";
  readonly code = "DeadlineExceeded";

  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms`);
  }
}

/**
 * The promise's own outcome, or {@link DeadlineExceededError} after so many milliseconds. The work itself goes on: the caller
 * closes what it waited for.
 */
export async function withDeadline<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DeadlineExceededError(milliseconds)), milliseconds);
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}
