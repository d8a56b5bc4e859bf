import type { UserMetadata } from "./user-metadata.ts";

/** The metadata that S3 stores with an object. */
export interface ObjectMetadata {
  /** Bytes of the whole object. */
  readonly size: number;
  /** With quotes, as in the HTTP header. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly contentType: string;
  readonly userMetadata: UserMetadata;
}

/** An object whose bytes have not been read yet. */
export interface OpenObject {
  readonly metadata: ObjectMetadata;
  /** Number of bytes that {@link read} returns; less than the object's size when a range was requested. */
  readonly length: number;
  /** Such as `bytes 0-9/100`; undefined for the whole object. */
  readonly contentRange: string | undefined;
  read(): Promise<Uint8Array>;
  /** Releases the connection; to be called when the bytes are not read. */
  discard(): void;
}

export interface WriteConditions {
  /** Only when the object has this ETag; `*`: only when there is an object. */
  readonly ifMatch?: string | undefined;
  /** `*`: only when there is no object. */
  readonly ifNoneMatch?: string | undefined;
}

export interface WriteOptions extends WriteConditions {
  readonly metadata?: UserMetadata | undefined;
}

/** A version of an object, or its deletion. */
export interface ObjectVersion {
  readonly id: string;
  readonly lastModified: Date;
  readonly isLatest: boolean;
  /** Undefined for a deletion. */
  readonly content: { readonly size: number; readonly etag: string } | undefined;
}

export interface VersionPage {
  readonly versions: readonly ObjectVersion[];
  /** The version after which the next page starts; undefined on the last page. */
  readonly next: string | undefined;
}

/** The state of an object that is copied. */
export interface CopySource {
  readonly key: string;
  /** By default, the newest version. */
  readonly version?: string | undefined;
  /** The copy fails when the object no longer has this ETag. */
  readonly etag: string;
}

/** What a presigned upload is restricted to. S3 rejects every other body or header. */
export interface UploadContent {
  readonly contentType?: string | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
  /** The SHA-256 of the body in base64. */
  readonly sha256?: string | undefined;
  readonly metadata?: UserMetadata | undefined;
}

export interface PresignedUpload {
  readonly url: string;
  /** The headers that the request must have. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A bucket. Every method has a time limit and fails with an {@link ObjectStoreError}. */
export interface ObjectStore {
  /** Undefined when there is no such object or version. By default, the newest version is read. */
  head(key: string, version?: string): Promise<ObjectMetadata | undefined>;
  /**
   * Undefined when there is no such object or version.
   *
   * @param range one range in the form of the HTTP header, `bytes=0-9`
   * @throws RangeNotSatisfiableError
   */
  open(key: string, range?: string, version?: string): Promise<OpenObject | undefined>;
  /** The versions of an object, newest first, from the one after a version. */
  listVersions(key: string, limit: number, after?: string): Promise<VersionPage>;
  /** @throws PreconditionFailedError */
  put(key: string, body: Uint8Array, contentType: string, options?: WriteOptions): Promise<void>;
  /**
   * Succeeds also when there is no such object, unless `ifMatch` requires one.
   *
   * @throws PreconditionFailedError
   */
  delete(key: string, conditions?: Pick<WriteConditions, "ifMatch">): Promise<void>;
  /**
   * Deletes up to 1,000 objects, as far as possible.
   *
   * @returns the errors of those that were not deleted, by key
   */
  deleteAll(keys: readonly string[]): Promise<ReadonlyMap<string, ObjectStoreError>>;
  /**
   * Copies an object of up to 5 GiB, the limit of S3 for one request, with its type and metadata, and returns the ETag
   * of the copy.
   *
   * @throws PreconditionFailedError when the source has changed or the conditions are not met
   */
  copy(source: CopySource, to: string, conditions?: Pick<WriteConditions, "ifNoneMatch">): Promise<string>;
  /** A URL with which anyone can download the object. `expiresIn` is in seconds. */
  presignGet(key: string, expiresIn: number, disposition?: string, version?: string): Promise<string>;
  /** A URL with which anyone can upload the object by PUT. `expiresIn` is in seconds. */
  presignPut(key: string, expiresIn: number, content?: UploadContent): Promise<PresignedUpload>;
  /** Succeeds when the bucket exists and can be accessed. */
  ping(): Promise<void>;
}

/** An entry of a listing. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  /** With quotes, as in the HTTP header. */
  readonly etag: string;
}

/** Lists the objects of a bucket. */
export interface ObjectLister {
  /** Up to 1,000 objects after a key, in the order of their keys' UTF-8 bytes; empty at the end. */
  listAfter(key: string): Promise<readonly ListedObject[]>;
}

/** An operation on the bucket failed. */
export class ObjectStoreError extends Error {
  override readonly name: string = "ObjectStoreError";
  readonly code: string = "ObjectStoreRefused";
}

/** The bucket is throttling or does not respond in time. A retry may succeed. */
export class ObjectStoreUnavailableError extends ObjectStoreError {
  override readonly name = "ObjectStoreUnavailableError";
  override readonly code = "ObjectStoreUnavailable";
}

export class RangeNotSatisfiableError extends ObjectStoreError {
  override readonly name = "RangeNotSatisfiableError";
  override readonly code = "RangeNotSatisfiable";
  /** Bytes of the whole object, if S3 returned it. */
  readonly size: number | undefined;

  constructor(size: number | undefined, options?: ErrorOptions) {
    super("The object has no such range", options);
    this.size = size;
  }
}

export class PreconditionFailedError extends ObjectStoreError {
  override readonly name = "PreconditionFailedError";
  override readonly code = "PreconditionFailed";
}
