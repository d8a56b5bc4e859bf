import type { Checksum } from "./checksum.ts";
import type { Document } from "./xml.ts";

/** A configuration of a bucket, named as in the query of its request (`PUT /bucket?lifecycle`). */
export type ConfigurationName =
  | "cors"
  | "encryption"
  | "lifecycle"
  | "logging"
  | "notification"
  | "ownershipControls"
  | "policy"
  | "publicAccessBlock"
  | "tagging"
  | "versioning";

export interface BucketRecord {
  readonly name: string;
  /** Milliseconds since the epoch, as every time in these records. */
  readonly created: number;
  /** The root element's content as it came; a policy is `{ Policy: "<JSON>" }`. */
  readonly configurations: Readonly<Partial<Record<ConfigurationName, Document>>>;
}

/** A file of bytes: one of an object, or one per part of an object that was uploaded in parts. */
export interface Blob {
  readonly id: string;
  readonly size: number;
}

/** What a client says about an object when it makes it. */
export interface Description {
  /** `content-type`, `cache-control`, …, `x-amz-meta-…`, `x-amz-storage-class`, encryption: given back as they came. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ObjectVersion extends Description {
  readonly bucket: string;
  readonly key: string;
  /** `null` (the word) for an object written while the bucket was not versioned. */
  readonly versionId: string;
  /** Grows with every change of the store, over restarts too: order of versions, and the sequencer of events. */
  readonly sequence: number;
  readonly modified: number;
  /** Such a version hides the key; it has no bytes. */
  readonly deleteMarker: boolean;
  readonly etag: string;
  readonly size: number;
  readonly blobs: readonly Blob[];
  readonly checksum?: Checksum | undefined;
}

/** A multipart upload that is neither completed nor aborted. */
export interface Upload extends Description {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiated: number;
  readonly checksumAlgorithm?: Checksum["algorithm"] | undefined;
  readonly checksumType?: Checksum["type"] | undefined;
}

export interface Part {
  readonly uploadId: string;
  readonly number: number;
  readonly etag: string;
  readonly blob: Blob;
  readonly modified: number;
  readonly checksum?: Checksum | undefined;
}

/** An event on its way to one target. */
export interface Delivery {
  readonly id: string;
  readonly targetArn: string;
  readonly event: object;
  readonly created: number;
}
