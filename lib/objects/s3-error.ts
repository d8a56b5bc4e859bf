import { S3ServiceException } from "@aws-sdk/client-s3";
import {
  ObjectStoreError,
  ObjectStoreUnavailableError,
  PreconditionFailedError,
  RangeNotSatisfiableError,
} from "./object-store.ts";

/** Whether S3 says that the object (and not the bucket) does not exist. `HEAD` has no body, so only a status. */
export const isMissingObject = (error: unknown): boolean =>
  error instanceof S3ServiceException && ["NoSuchKey", "NotFound"].includes(error.name);

/** An error of the S3 client as one of this folder's own. */
export function translateS3Error(cause: unknown): ObjectStoreError {
  if (!(cause instanceof S3ServiceException)) {
    return new ObjectStoreUnavailableError("The bucket does not answer", { cause });
  }
  switch (cause.$metadata.httpStatusCode) {
    case 412:
      return new PreconditionFailedError("The object is not in the state that was asked for", { cause });
    case 416:
      return new RangeNotSatisfiableError(actualSize(cause), { cause });
    // A conflicting conditional write is in progress; S3 asks to try again.
    case 409:
    case 429:
    case 503:
      return new ObjectStoreUnavailableError("The bucket is busy", { cause });
    default:
      return new ObjectStoreError(`The bucket refused: ${cause.name}`, { cause });
  }
}

/** The SDK hangs the members of S3's error document on its exception, as text. */
function actualSize(error: S3ServiceException): number | undefined {
  const size = "ActualObjectSize" in error ? Number(error.ActualObjectSize) : Number.NaN;
  return Number.isSafeInteger(size) ? size : undefined;
}
