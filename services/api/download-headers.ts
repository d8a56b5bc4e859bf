import { basename, encodeKey } from "../../lib/keys/object-key.ts";
import type { ObjectMetadata } from "../../lib/objects/object-store.ts";
import { metadataHeaders } from "./metadata-headers.ts";

/** Types that a browser can display safely. Any other type may contain scripts and is downloaded instead. */
const displayable = /^(text\/plain|image\/(png|jpeg|gif|webp|avif)|(audio|video)\/[\w.+-]+)\s*(;|$)/i;

/** @param isDownload whether the caller wants to store the file in any case */
export const dispositionOf = (key: string, contentType: string, isDownload = false): string =>
  (displayable.test(contentType) && !isDownload ? "inline" : "attachment") + filenameOf(basename(key));

/** The name as in RFC 8187, in the letters of RFC 3986 that need no escape there; a key `a/` has none. */
const filenameOf = (name: string): string => (name === "" ? "" : `; filename*=UTF-8''${encodeKey(name)}`);

/**
 * The headers of a stored file. Every writer can store HTML, so the headers prevent browsers from guessing a type and
 * from running a file in the origin of this API. Clients may cache a file but must revalidate it on every use.
 */
export const downloadHeaders = (
  key: string,
  metadata: ObjectMetadata,
  isDownload: boolean,
): Readonly<Record<string, string>> => ({
  "content-type": metadata.contentType,
  "content-disposition": dispositionOf(key, metadata.contentType, isDownload),
  "content-security-policy": "sandbox; default-src 'none'",
  "x-content-type-options": "nosniff",
  "accept-ranges": "bytes",
  "cache-control": "private, no-cache",
  etag: metadata.etag,
  "last-modified": metadata.lastModified.toUTCString(),
  ...metadataHeaders(metadata.userMetadata),
});

/** With the type, because API Gateway adds `text/plain` to a response without one, and caches replace theirs by it. */
const revalidating = ["cache-control", "content-type", "etag", "last-modified"];

/** The headers of a download that 304 repeats: not the others that describe the bytes (RFC 9110, section 15.4.5). */
export const revalidationHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => revalidating.includes(name)));
