import type { ObjectMetadata } from "../../lib/objects/object-store.ts";
import type { FileDescription } from "./file-table.ts";

/**
 * The metadata of an object, as the table stores it.
 *
 * @param storedAt time of the event, if known: it has milliseconds, `Last-Modified` only seconds
 */
export const describeFile = (
  { size, etag, contentType, lastModified }: ObjectMetadata,
  storedAt = lastModified.toISOString(),
): FileDescription => ({ size, etag: withoutQuotes(etag), contentType, dateAdded: storedAt });

export const withoutQuotes = (etag: string): string => etag.replaceAll('"', "");
