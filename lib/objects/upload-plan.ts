const MIB = 1024 ** 2;

/** Bytes. A larger file is not sent through API Gateway and Lambda, whose limit is 6 MB with its base64 encoding. */
const DIRECT_LIMIT = 4 * MIB;
/** Bytes. A larger file is sent in parts, which can be resumed and sent in parallel. */
const PRESIGNED_LIMIT = 32 * MIB;
/** The limits of S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const MAX_PARTS = 10_000;
const MAX_SIZE = 5 * 1024 ** 4;
/** Large enough that a request per part does not matter, and small enough that little is lost by an interruption. */
const MIN_PART = 16 * MIB;

export type UploadMethod = "direct" | "presigned" | "multipart";

/** How the clients of the Files API, which are the command and the page, send a file of this size. */
export function uploadMethod(size: number): UploadMethod {
  if (size <= DIRECT_LIMIT) return "direct";
  return size <= PRESIGNED_LIMIT ? "presigned" : "multipart";
}

/** Whether S3 can store a file of this size. */
export const isPossibleSize = (size: number): boolean => size <= MAX_SIZE;

/** The size of all parts but the last one, in whole mebibytes. It depends on the file only, for resuming. */
export function partSize(size: number): number {
  return Math.max(MIN_PART, Math.ceil(size / MAX_PARTS / MIB) * MIB);
}

export interface Part {
  /** From 1. */
  readonly number: number;
  readonly offset: number;
  readonly length: number;
}

export function partsOf(size: number, length = partSize(size)): readonly Part[] {
  return Array.from({ length: Math.ceil(size / length) }, (_, index) => {
    const offset = index * length;
    return { number: index + 1, offset, length: Math.min(length, size - offset) };
  });
}
