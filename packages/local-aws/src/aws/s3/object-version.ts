import type { Checksum } from "./checksum.ts";

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
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** A delete marker hides the key and has no content. */
  readonly deleteMarker: boolean;
  readonly etag: string;
  readonly size: number;
  readonly blobs: readonly StoredBlob[];
  readonly checksum?: Checksum | undefined;
}
