import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import { InvalidKeyError } from "../../lib/keys/object-key.ts";
import {
  ObjectStoreError,
  ObjectStoreUnavailableError,
  PreconditionFailedError,
  RangeNotSatisfiableError,
} from "../../lib/objects/object-store.ts";
import { InvalidPartsError, UploadNotFoundError } from "../../lib/objects/upload-store.ts";
import { InvalidMetadataError } from "../../lib/objects/user-metadata.ts";

/** Seconds. A database failover takes several retries of this interval, and a user can wait for one. */
const retryLater = { headers: { "retry-after": "2" } } as const;

/** The responses to errors of the database, the bucket and the key. */
export function translateError(error: unknown): HttpError | undefined {
  if (error instanceof InvalidKeyError || error instanceof InvalidMetadataError)
    return new HttpError(400, error.code, error.message);
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
  if (error instanceof UploadNotFoundError) return uploadNotFound();
  if (error instanceof InvalidPartsError) return new HttpError(400, error.code, invalidParts[error.code]);
  if (error instanceof ObjectStoreUnavailableError) {
    return new HttpError(503, error.code, "The bucket does not respond. Try again.", { ...retryLater, cause: error });
  }
  return new HttpError(502, error.code, "The bucket rejected the request.", { cause: error });
}

const invalidParts: Readonly<Record<InvalidPartsError["code"], string>> = {
  InvalidPart: "A part has not been uploaded, or has another ETag.",
  InvalidPartOrder: "The parts must be in ascending order of their numbers, each once.",
  PartTooSmall: "Every part except the last one must have at least 5 MiB.",
  FileTooLarge: "The parts are larger in total than a file can be.",
};

export const uploadNotFound = (): HttpError => {
  const detail = "There is no such upload of this file: it was completed, aborted, or has expired.";
  return new HttpError(404, "UploadNotFound", detail);
};

export const fileNotFound = (): HttpError => new HttpError(404, "FileNotFound", "There is no such file.");

export const versionNotFound = (): HttpError =>
  new HttpError(404, "VersionNotFound", "The file has no such version, or the version is a deletion.");

export const fileChanged = (): HttpError =>
  new HttpError(409, "FileChanged", "A file was changed by somebody else during the operation.");

export const preconditionFailed = (): HttpError =>
  new HttpError(412, "PreconditionFailed", "The file does not meet the preconditions of the request.");
