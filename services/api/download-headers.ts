import { basename, encodeKey } from "../../lib/keys/object-key.ts";
import type { ObjectMetadata } from "../../lib/objects/object-store.ts";

/** Types that a browser only shows; anything else may be a document that runs what it holds, and is saved instead. */
const passive = /^(text\/plain|image\/(png|jpeg|gif|webp|avif)|(audio|video)\/[\w.+-]+)\s*(;|$)/i;

export const dispositionOf = (key: string, contentType: string): string =>
  `${passive.test(contentType) ? "inline" : "attachment"}; filename*=UTF-8''${encodeKey(basename(key))}`;

/**
 * The headers of a stored file. Anyone who may write can store HTML, so the browser is told never to guess a type and never to let a
 * file act on this API's origin. Callers may keep it but ask each time whether it is still the same.
 */
export const downloadHeaders = (key: string, metadata: ObjectMetadata): Readonly<Record<string, string>> => ({
  "content-type": metadata.contentType,
  "content-disposition": dispositionOf(key, metadata.contentType),
  "content-security-policy": "sandbox; default-src 'none'",
  "x-content-type-options": "nosniff",
  "accept-ranges": "bytes",
  "cache-control": "private, no-cache",
  etag: metadata.etag,
  "last-modified": metadata.lastModified.toUTCString(),
});
