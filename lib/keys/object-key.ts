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

function findFault(value: string): string | undefined {
  if (value === "") return "is empty";
  if (!value.isWellFormed()) return "is not valid Unicode";
  if (Buffer.byteLength(value) > MAX_KEY_BYTES) return `is longer than ${MAX_KEY_BYTES} bytes of UTF-8`;
  if (value.startsWith("/")) return "starts with a slash";
  if (forbidden.test(value)) return "contains a control character";
  if (value.split("/").some((segment) => segment === "." || segment === "..")) return "contains a . or .. segment";
  return undefined;
}

/**
 * Validates a decoded key of a request. As in S3, the NFC and NFD forms of a name are two keys.
 *
 * @throws InvalidKeyError whose message states the fault and does not contain the key
 */
export function parseObjectKey(value: string): ObjectKey {
  const fault = findFault(value);
  if (fault !== undefined) throw new InvalidKeyError(`The key ${fault}.`);
  return value as ObjectKey;
}

/** The part after the last slash; empty for a key that ends with a slash. */
export const basename = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

/** The key as a URL path: everything but slashes and the unreserved characters of RFC 3986 is percent-encoded. */
export const encodeKey = (key: string): string =>
  encodeURIComponent(key)
    .replaceAll("%2F", "/")
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
