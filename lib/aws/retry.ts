import { setTimeout as sleep } from "node:timers/promises";
import { AwsConnectionError, AwsError } from "./aws-error.ts";

/**
 * Those of the standard mode that our services have:
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const THROTTLING_CODES = [
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "SlowDown",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionInProgressException",
];

/** Errors whose request is signed again with the current time, or was received too slowly. */
const TRANSIENT_CODES = ["RequestExpired", "RequestTimeTooSkewed", "RequestTimeout", "RequestTimeoutException"];

/** Milliseconds: of the first pause, of the first one after throttling, and of the longest one. */
const PAUSE = { base: 100, throttled: 500, maximum: 20_000 } as const;

/**
 * Repeats an attempt while it fails for a reason that may pass: throttling, 5xx, and failures of the connection. Each
 * pause is a random part of a limit that doubles ("full jitter").
 *
 * @param attempts at most, including the first one
 */
export async function withRetries<T>(attempt: () => Promise<T>, attempts: number, signal: AbortSignal): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (count >= attempts || signal.aborted || !isTransient(error)) throw error;
      const base = isThrottled(error) ? PAUSE.throttled : PAUSE.base;
      const pause = Math.random() * Math.min(base * 2 ** (count - 1), PAUSE.maximum);
      // When the time ends during the pause, the error says more than the abortion.
      await sleep(pause, undefined, { signal }).catch(() => Promise.reject(error));
    }
  }
}

const isTransient = (error: unknown): boolean =>
  error instanceof AwsConnectionError ||
  isThrottled(error) ||
  (error instanceof AwsError && ([500, 502, 503, 504].includes(error.status) || TRANSIENT_CODES.includes(error.code)));

/** Whether AWS rejected the request because there were too many. */
export const isThrottled = (error: unknown): boolean =>
  error instanceof AwsError && (error.status === 429 || THROTTLING_CODES.includes(error.code));
