import type { ListObjectVersionsCommandOutput } from "@aws-sdk/client-s3";
import { decodeEventKey } from "../keys/event-key.ts";
import type { ObjectVersion } from "./object-store.ts";

type Output = Pick<ListObjectVersionsCommandOutput, "DeleteMarkers" | "Versions">;
type Entry = NonNullable<Output["Versions"]>[number];

/**
 * The versions of one key, newest first. The client returns contents and deletions in two lists; of those with the same
 * time, which S3 states in seconds, the latest comes first.
 */
export function versionsOf({ Versions = [], DeleteMarkers = [] }: Output, key: string): ObjectVersion[] {
  const contents = Versions.map((entry) => ({ entry, content: { size: entry.Size ?? 0, etag: entry.ETag ?? "" } }));
  const deletions = DeleteMarkers.map((entry) => ({ entry, content: undefined }));
  return [...contents, ...deletions]
    .filter(({ entry }) => decodeEventKey(entry.Key ?? "") === key)
    .toSorted((one, other) => compare(one.entry, other.entry))
    .map(({ entry, content }) => ({
      id: entry.VersionId ?? "null",
      lastModified: entry.LastModified ?? new Date(0),
      isLatest: entry.IsLatest ?? false,
      content,
    }));
}

const compare = (one: Entry, other: Entry): number =>
  Number(other.IsLatest ?? false) - Number(one.IsLatest ?? false) ||
  (other.LastModified?.getTime() ?? 0) - (one.LastModified?.getTime() ?? 0);
