import { elementsOf, textOf, type XmlElements } from "../aws/xml.ts";
import { decodeEventKey } from "../keys/event-key.ts";
import type { ObjectVersion } from "./object-store.ts";

/**
 * The versions of one key in a listing, newest first. Contents and deletions are two lists of elements; of those with
 * the same time, which S3 states in seconds, the latest comes first.
 */
export function versionsOf(listing: XmlElements, key: string): ObjectVersion[] {
  const contents = elementsOf(listing, "Version").map((entry) => ({
    entry,
    content: { size: Number(textOf(entry, "Size")), etag: textOf(entry, "ETag") ?? "" },
  }));
  const deletions = elementsOf(listing, "DeleteMarker").map((entry) => ({ entry, content: undefined }));
  return [...contents, ...deletions]
    .filter(({ entry }) => decodeEventKey(textOf(entry, "Key") ?? "") === key)
    .map(({ entry, content }) => ({
      id: textOf(entry, "VersionId") ?? "null",
      lastModified: new Date(textOf(entry, "LastModified") ?? 0),
      isLatest: textOf(entry, "IsLatest") === "true",
      content,
    }))
    .toSorted(compare);
}

const compare = (one: ObjectVersion, other: ObjectVersion): number =>
  Number(other.isLatest) - Number(one.isLatest) || other.lastModified.getTime() - one.lastModified.getTime();
