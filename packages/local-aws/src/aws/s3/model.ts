import type { Checksum } from "./checksum.ts";
import type { XmlDocument } from "./xml.ts";

/** A bucket configuration, named like the query parameter of its requests (`PUT /bucket?lifecycle`). */
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
  /** Milliseconds since the epoch, like all times in this file. */
  readonly created: number;
  /** The content of the root element of each document. A policy is `{ Policy: "<JSON>" }`. */
  readonly configurations: Readonly<Partial<Record<ConfigurationName, XmlDocument>>>;
}

/** A file in the `BlobStore`: one per object, or one per part of a multipart object. */
export interface StoredBlob {
  readonly id: string;
  readonly size: number;
}

/** What a client specifies when it creates an object. */
export interface ObjectProperties {
  /** `content-type`, `cache-control`, `x-amz-meta-…`, `x-amz-storage-class`, encryption, …: returned unchanged. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ObjectVersion extends ObjectProperties {
  readonly bucket: string;
  readonly key: string;
  /** The string `null` for an object that was written while versioning was not enabled. */
  readonly versionId: string;
  /** Increases with every change, across restarts. Defines the order of versions and the sequencer of events. */
  readonly sequence: number;
  readonly modified: number;
  /** A delete marker hides the key and has no content. */
  readonly deleteMarker: boolean;
  readonly etag: string;
  readonly size: number;
  readonly blobs: readonly StoredBlob[];
  readonly checksum?: Checksum | undefined;
}

/** A multipart upload in progress. */
export interface Upload extends ObjectProperties {
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
  readonly blob: StoredBlob;
  readonly modified: number;
  readonly checksum?: Checksum | undefined;
}

/** An event for one target that is not delivered yet. */
export interface Delivery {
  readonly id: string;
  readonly targetArn: string;
  readonly event: object;
  readonly created: number;
}
