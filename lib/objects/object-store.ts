/** What S3 says of an object beside its bytes. */
export interface ObjectMetadata {
  /** Bytes of the whole object. */
  readonly size: number;
  /** With its quotes, as HTTP writes it. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly contentType: string;
}

/** An object whose bytes have not been read yet. */
export interface OpenObject {
  readonly metadata: ObjectMetadata;
  /** Bytes that {@link read} will give; less than the object's size when a range was asked for. */
  readonly length: number;
  /** `bytes 0-9/100` when the store gave a part. */
  readonly contentRange: string | undefined;
  read(): Promise<Uint8Array>;
  /** Gives the bytes up; to be called when they are not read. */
  discard(): void;
}

export interface WriteConditions {
  /** Only when the object has this ETag. */
  readonly ifMatch?: string | undefined;
  /** `*`: only when there is no object. */
  readonly ifNoneMatch?: string | undefined;
}

/** A bucket. Every method fails with an {@link ObjectStoreError}, and in bounded time. */
export interface ObjectStore {
  /** Undefined when there is no such object. */
  head(key: string): Promise<ObjectMetadata | undefined>;
  /**
   * Undefined when there is no such object.
   *
   * @param range one range in the form of the HTTP header, `bytes=0-9`
   * @throws RangeNotSatisfiableError
   */
  open(key: string, range?: string): Promise<OpenObject | undefined>;
  /** @throws PreconditionFailedError */
  put(key: string, body: Uint8Array, contentType: string, conditions?: WriteConditions): Promise<void>;
  /** Succeeds when there is no such object, too. */
  delete(key: string): Promise<void>;
  /** A URL that gives the object to anyone who has it, for so many seconds. */
  presignGet(key: string, expiresIn: number, disposition?: string): Promise<string>;
  /** A URL to which anyone who has it can PUT the object, for so many seconds. */
  presignPut(key: string, expiresIn: number): Promise<string>;
  /** Whether the bucket is there and lets us in. */
  ping(): Promise<void>;
}

/** One line of a listing. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  /** With its quotes, as HTTP writes it. */
  readonly etag: string;
}

/** Goes through a bucket. */
export interface ObjectLister {
  /** The next objects after a key, at most a thousand, in the order of their keys' UTF-8 bytes; none at the end. */
  listAfter(key: string): Promise<readonly ListedObject[]>;
}

/** The bucket did not do what was asked. */
export class ObjectStoreError extends Error {
  override readonly name: string = "ObjectStoreError";
  readonly code: string = "ObjectStoreRefused";
}

/** Busy, throttling, or not answering in time: the same request may succeed later. */
export class ObjectStoreUnavailableError extends ObjectStoreError {
  override readonly name = "ObjectStoreUnavailableError";
  override readonly code = "ObjectStoreUnavailable";
}

export class RangeNotSatisfiableError extends ObjectStoreError {
  override readonly name = "RangeNotSatisfiableError";
  override readonly code = "RangeNotSatisfiable";
  /** Bytes of the whole object, when the bucket told. */
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
