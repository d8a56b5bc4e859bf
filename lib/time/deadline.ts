/** A call did not complete within its time limit. */
export class DeadlineExceededError extends Error {
  override readonly name = "DeadlineExceededError";
  readonly code = "DeadlineExceeded";

  constructor(milliseconds: number) {
    super(`No response within ${milliseconds} ms`);
  }
}

/**
 * The outcome of the promise, or a {@link DeadlineExceededError} after the given time. The work itself is not
 * canceled: the caller closes the resource that it waited for.
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
