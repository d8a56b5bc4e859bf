import { AwsError, hasCode } from "../aws/aws-error.ts";
import {
  ObjectStoreError,
  ObjectStoreUnavailableError,
  PreconditionFailedError,
  RangeNotSatisfiableError,
} from "./object-store.ts";
import { InvalidPartsError, UploadNotFoundError } from "./upload-store.ts";

/**
 * Whether the object (and not the bucket) does not exist. The response to `HEAD` has no body, so its error has only a
 * status.
 */
export const isMissingObject = (error: unknown): boolean => hasCode(error, "NoSuchKey", "NotFound");

/**
 * Whether the version does not exist, or is a deletion. S3 answers an ID that is not one of its own with 400, and the
 * responses to `HEAD` have no other information.
 */
export const isMissingVersion = (error: unknown): boolean =>
  error instanceof AwsError && error.code !== "NoSuchBucket" && [400, 404, 405].includes(error.status);

/** Translates an error of the S3 client. */
export function translateS3Error(cause: unknown): ObjectStoreError {
  if (!(cause instanceof AwsError)) {
    return new ObjectStoreUnavailableError("The bucket does not respond", { cause });
  }
  switch (cause.code) {
    // The response to a conditional write; reads check this before.
    case "NoSuchKey":
      return new PreconditionFailedError("There is no such object", { cause });
    case "NoSuchUpload":
      return new UploadNotFoundError("There is no such upload", { cause });
    case "InvalidPart":
    case "InvalidPartOrder":
      return new InvalidPartsError(cause.code, { cause });
    case "EntityTooSmall":
      return new InvalidPartsError("PartTooSmall", { cause });
    case "EntityTooLarge":
      return new InvalidPartsError("FileTooLarge", { cause });
    default:
      return translateStatus(cause);
  }
}

function translateStatus(cause: AwsError): ObjectStoreError {
  switch (cause.status) {
    case 412:
      return new PreconditionFailedError("The object does not meet the precondition", { cause });
    case 416:
      return new RangeNotSatisfiableError(actualSize(cause), { cause });
    // 409: a conflicting conditional write is in progress, which S3 recommends to retry.
    case 409:
    case 429:
    case 503:
      return new ObjectStoreUnavailableError("The bucket is busy", { cause });
    default:
      return new ObjectStoreError(`S3 rejected the request: ${cause.code}`, { cause });
  }
}

/** The error of one object in the response to a request that deletes several. */
export const deletionError = (code: string): ObjectStoreError =>
  ["InternalError", "ServiceUnavailable", "SlowDown"].includes(code)
    ? new ObjectStoreUnavailableError(`The bucket is busy: ${code}`)
    : new ObjectStoreError(`S3 rejected the deletion: ${code}`);

/** The error document has the size as text. */
function actualSize({ details }: AwsError): number | undefined {
  const size = Number(details.ActualObjectSize ?? Number.NaN);
  return Number.isSafeInteger(size) ? size : undefined;
}
