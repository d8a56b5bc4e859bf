import type { RequestParts } from "./request-parts.ts";

/** See https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html */
export interface CachePolicy {
  /** Seconds. */
  readonly minimumTtl: number;
  readonly defaultTtl: number;
  readonly maximumTtl: number;
  readonly key: RequestParts;
  /** Encodings for which separate copies are cached. */
  readonly encodings: readonly ("br" | "gzip")[];
}
