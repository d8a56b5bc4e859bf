import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import { InvalidKeyError } from "../../lib/keys/object-key.ts";
import {
  ObjectStoreError,
  ObjectStoreUnavailableError,
  PreconditionFailedError,
  RangeNotSatisfiableError,
} from "../../lib/objects/object-store.ts";

/** Seconds. A database failover takes several retries of this interval, and a user can wait for one. */
const retryLater = { headers: { "retry-after": "2" } } as const;

/** The responses to errors of the database, the bucket and the key. */
export function translateError(error: unknown): HttpError | undefined {
  if (error instanceof InvalidKeyError) return new HttpError(400, error.code, error.message);
  if (error instanceof DatabaseUnavailableError) {
    return new HttpError(503, error.code, "The database does not respond. Try again.", {
      ...retryLater,
      cause: error,
    });
  }
  return error instanceof ObjectStoreError ? translateBucketError(error) : undefined;
}

function translateBucketError(error: ObjectStoreError): HttpError {
  if (error instanceof RangeNotSatisfiableError) {
    const headers: Record<string, string> =
      error.size === undefined ? {} : { "content-range": `bytes */${error.size}` };
    return new HttpError(416, error.code, "The file has no such range.", { headers });
  }
  if (error instanceof PreconditionFailedError) return preconditionFailed();
  if (error instanceof ObjectStoreUnavailableError) {
    return new HttpError(503, error.code, "The bucket does not respond. Try again.", { ...retryLater, cause: error });
  }
  return new HttpError(502, error.code, "The bucket rejected the request.", { cause: error });
}

export const fileNotFound = (): HttpError => new HttpError(404, "FileNotFound", "There is no such file.");

export const preconditionFailed = (): HttpError =>
  new HttpError(412, "PreconditionFailed", "The file does not meet the preconditions of the request.");
