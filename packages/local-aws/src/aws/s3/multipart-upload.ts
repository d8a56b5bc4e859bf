import type { Checksum } from "./checksum.ts";
import type { ObjectProperties, StoredBlob } from "./object-version.ts";

/** A multipart upload in progress. */
export interface Upload extends ObjectProperties {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly initiated: number;
  readonly checksumAlgorithm?: Checksum["algorithm"] | undefined;
  readonly checksumType?: Checksum["type"] | undefined;
}

export interface Part {
  readonly uploadId: string;
  readonly number: number;
  readonly etag: string;
  readonly blob: StoredBlob;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly checksum?: Checksum | undefined;
}
