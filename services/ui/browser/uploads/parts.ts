const MEBIBYTE = 1024 ** 2;

/** The limits of S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MAX_PARTS = 10_000;
/** Large enough that a request per part does not matter, and small enough that little is lost by an interruption. */
const PART_BYTES = 16 * MEBIBYTE;

/** A part of a file. */
export interface Part {
  readonly number: number;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** The parts of a file. They depend on its size only, so that an upload can be resumed. */
export function partsOf(size: number): Part[] {
  const bytes = Math.max(PART_BYTES, Math.ceil(size / MAX_PARTS / MEBIBYTE) * MEBIBYTE);
  return Array.from({ length: Math.ceil(size / bytes) }, (_, index) => ({
    number: index + 1,
    start: index * bytes,
    end: Math.min(size, (index + 1) * bytes),
  }));
}
