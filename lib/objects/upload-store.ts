import { type CopySource, ObjectStoreError, type WriteConditions } from "./object-store.ts";
import type { UserMetadata } from "./user-metadata.ts";

export { MAX_PARTS } from "./upload-plan.ts";

/** The limits of S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const MIN_PART_BYTES = 5 * 1024 ** 2;

/** A part as its upload returned it. */
export interface PartReference {
  readonly number: number;
  /** With or without quotes. */
  readonly etag: string;
}

/** Bytes of an object, of which the last one is included. */
export interface CopyRange {
  readonly source: CopySource;
  readonly first: number;
  readonly last: number;
}

/** A part that has been uploaded. */
export interface UploadedPart {
  readonly number: number;
  /** With quotes, as in the HTTP header. */
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
  readonly lastModified: Date;
}

/**
 * Uploads of objects in parts. An upload belongs to its key: with another one, its ID is unknown. Every method has a
 * time limit and fails with an `ObjectStoreError`.
 */
export interface UploadStore {
  /** Starts an upload and returns its ID. */
  create(key: string, contentType: string, metadata: UserMetadata): Promise<string>;
  /**
   * All parts that have been uploaded, by number.
   *
   * @throws UploadNotFoundError
   */
  listParts(key: string, uploadId: string): Promise<readonly UploadedPart[]>;
  /** A URL with which anyone can upload a part by PUT. `expiresIn` is in seconds. The upload is not looked up. */
  presignPart(key: string, uploadId: string, number: number, expiresIn: number): Promise<string>;
  /**
   * Copies a range of an object as a part, and returns the ETag of the part.
   *
   * @throws UploadNotFoundError
   * @throws PreconditionFailedError when the source has changed
   */
  copyPart(key: string, uploadId: string, number: number, range: CopyRange): Promise<string>;
  /**
   * Makes an object of the parts, ends the upload, and returns the ETag of the object.
   *
   * @throws UploadNotFoundError
   * @throws InvalidPartsError
   * @throws PreconditionFailedError
   */
  complete(
    key: string,
    uploadId: string,
    parts: readonly PartReference[],
    conditions?: WriteConditions,
  ): Promise<string>;
  /**
   * Ends the upload and deletes its parts.
   *
   * @throws UploadNotFoundError
   */
  abort(key: string, uploadId: string): Promise<void>;
}

/** There is no such upload of this key: it was completed, aborted, has expired, or never existed. */
export class UploadNotFoundError extends ObjectStoreError {
  override readonly name = "UploadNotFoundError";
  override readonly code = "UploadNotFound";
}

/** The parts of an upload do not make an object. */
export class InvalidPartsError extends ObjectStoreError {
  override readonly name = "InvalidPartsError";
  override readonly code: InvalidPartsCode;

  constructor(code: InvalidPartsCode, options?: ErrorOptions) {
    super(`The parts are invalid: ${code}`, options);
    this.code = code;
  }
}

/**
 * - `InvalidPart`: a part has not been uploaded, or has another ETag.
 * - `InvalidPartOrder`: the parts are not in ascending order.
 * - `PartTooSmall`: a part other than the last one is smaller than {@link MIN_PART_BYTES}.
 * - `FileTooLarge`: the parts are larger in total than an object can be.
 */
export type InvalidPartsCode = "InvalidPart" | "InvalidPartOrder" | "PartTooSmall" | "FileTooLarge";
