import type { ObjectMetadata } from "../../lib/objects/object-store.ts";
import type { FileDescription } from "./file-table.ts";

/**
 * What the bucket says of an object, as the table keeps it.
 *
 * @param storedAt when an event told it: to the millisecond, where HTTP has seconds
 */
export const describeFile = (
  { size, etag, contentType, lastModified }: ObjectMetadata,
  storedAt = lastModified.toISOString(),
): FileDescription => ({ size, etag: withoutQuotes(etag), contentType, dateAdded: storedAt });

export const withoutQuotes = (etag: string): string => etag.replaceAll('"', "");
