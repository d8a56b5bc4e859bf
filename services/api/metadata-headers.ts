import type { HttpRequest } from "../../lib/http/request.ts";
import { checkUserMetadata, encodeMetadataValue, type UserMetadata } from "../../lib/objects/user-metadata.ts";

const PREFIX = "x-meta-";

/**
 * The metadata in the headers `x-meta-*` of an upload.
 *
 * @throws InvalidMetadataError
 */
export function requestedMetadata({ headers }: Pick<HttpRequest, "headers">): UserMetadata {
  const entries = Object.entries(headers).flatMap(([name, value = ""]) =>
    name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), value] as const] : [],
  );
  return checkUserMetadata(Object.fromEntries(entries));
}

/** The same headers in the response of a download. */
export const metadataHeaders = (metadata: UserMetadata): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(metadata).map(([name, value]) => [PREFIX + name, encodeMetadataValue(value)]));
