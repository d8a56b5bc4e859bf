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
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** The content of the root element of each document. A policy is `{ Policy: "<JSON>" }`. */
  readonly configurations: Readonly<Partial<Record<ConfigurationName, XmlDocument>>>;
}
