import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { HttpProblem } from "../../lib/http/problem.ts";
import { InvalidKeyError } from "../../lib/keys/object-key.ts";
import {
  ObjectStoreError,
  ObjectStoreUnavailableError,
  PreconditionFailedError,
  RangeNotSatisfiableError,
} from "../../lib/objects/object-store.ts";

/** Long enough for a database that fails over to be tried a few times, short enough for a person who waits. */
const retryLater = { headers: { "retry-after": "2" } } as const;

/** What the caller is told of anything that was thrown. Faults of ours stay inside: the log has them. */
export function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof InvalidKeyError) return new HttpProblem(400, error.code, error.message);
  if (error instanceof DatabaseUnavailableError) {
    return new HttpProblem(503, error.code, "The database does not answer. Try again.", {
      ...retryLater,
      cause: error,
    });
  }
  if (error instanceof ObjectStoreError) return bucketProblem(error);
  return new HttpProblem(500, "InternalError", "Something failed on our side.", { cause: error });
}

function bucketProblem(error: ObjectStoreError): HttpProblem {
  if (error instanceof RangeNotSatisfiableError) {
    const headers: Record<string, string> =
      error.size === undefined ? {} : { "content-range": `bytes */${error.size}` };
    return new HttpProblem(416, error.code, "The file has no such range.", { headers });
  }
  if (error instanceof PreconditionFailedError) return preconditionFailed();
  if (error instanceof ObjectStoreUnavailableError) {
    return new HttpProblem(503, error.code, "The bucket does not answer. Try again.", { ...retryLater, cause: error });
  }
  return new HttpProblem(502, error.code, "The bucket refused.", { cause: error });
}

export const fileNotFound = (): HttpProblem => new HttpProblem(404, "FileNotFound", "There is no such file.");

export const preconditionFailed = (): HttpProblem =>
  new HttpProblem(412, "PreconditionFailed", "The file is not in the state that the request asks for.");
