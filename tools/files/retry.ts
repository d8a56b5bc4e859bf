import { setTimeout as sleep } from "node:timers/promises";
import { FilesError } from "./files-error.ts";

const ATTEMPTS = 4;
/** Milliseconds before the second attempt; doubled before each further one. */
const FIRST_PAUSE = 500;

export interface RetryDependencies {
  readonly signal: AbortSignal;
  /** For tests; by default a timer. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Repeats what failed because of the network or a temporary condition of the server. The caller makes sure that a
 * repetition does no harm.
 */
export async function withRetries<Result>(
  attempt: () => Promise<Result>,
  { signal, pause = (milliseconds) => sleep(milliseconds, undefined, { signal }) }: RetryDependencies,
): Promise<Result> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (count === ATTEMPTS || !isTemporary(error)) throw error;
      await pause(FIRST_PAUSE * 2 ** (count - 1));
    }
  }
}

/** `fetch` reports problems of the network as a TypeError. */
function isTemporary(error: unknown): boolean {
  if (error instanceof FilesError) return error.status !== undefined && error.status >= 500;
  return error instanceof TypeError && error.message === "fetch failed";
}
