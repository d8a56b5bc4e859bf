/**
 * A key that passed {@link parseObjectKey}: safe for S3, for a path below a root folder, for a log and for a header.
 */
export type ObjectKey = string & { readonly __brand: "ObjectKey" };

/** The limit of S3, in bytes of UTF-8: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const MAX_KEY_BYTES = 1024;

export class InvalidKeyError extends Error {
  override readonly name = "InvalidKeyError";
  readonly code = "InvalidKey";
}

/**
 * C0 and C1 control characters, DEL, and the two characters that XML, and therefore an S3 listing, cannot represent.
 */
const forbidden = /[\p{Cc}\uFFFE\uFFFF]/u;

/** What can be wrong with a key, as the end of a sentence that begins with "The key". */
const faults = {
  empty: "is empty",
  notUnicode: "is not valid Unicode",
  tooLong: `is longer than ${MAX_KEY_BYTES} bytes of UTF-8`,
  leadingSlash: "starts with a slash",
  forbiddenCharacter: "contains a control character",
  dotSegment: "contains a . or .. segment",
} as const;

export type KeyFault = keyof typeof faults;

/** What is wrong with a key; undefined when nothing is. Browsers have no `Buffer`. */
export function findKeyFault(value: string): KeyFault | undefined {
  if (value === "") return "empty";
  if (!value.isWellFormed()) return "notUnicode";
  if (new TextEncoder().encode(value).byteLength > MAX_KEY_BYTES) return "tooLong";
  if (value.startsWith("/")) return "leadingSlash";
  if (forbidden.test(value)) return "forbiddenCharacter";
  if (value.split("/").some((segment) => segment === "." || segment === "..")) return "dotSegment";
  return undefined;
}

/**
 * Validates a decoded key of a request. As in S3, the NFC and NFD forms of a name are two keys.
 *
 * @throws InvalidKeyError whose message states the fault and does not contain the key
 */
export function parseObjectKey(value: string): ObjectKey {
  const fault = findKeyFault(value);
  if (fault !== undefined) throw new InvalidKeyError(`The key ${faults[fault]}.`);
  return value as ObjectKey;
}

/** The part after the last slash; empty for a key that ends with a slash. */
export const basename = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

/** The key as a URL path: everything but slashes and the unreserved characters of RFC 3986 is percent-encoded. */
export const encodeKey = (key: string): string =>
  encodeURIComponent(key)
    .replaceAll("%2F", "/")
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
