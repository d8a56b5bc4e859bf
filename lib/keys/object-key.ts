/** A key that passed {@link parseObjectKey}: safe to hand to S3, a file system beneath a root, a log and a header. */
export type ObjectKey = string & { readonly __brand: "ObjectKey" };

/** S3's limit, in bytes of UTF-8: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const MAX_KEY_BYTES = 1024;

export class InvalidKeyError extends Error {
  override readonly name = "InvalidKeyError";
  readonly code = "InvalidKey";
}

/** C0 and C1 control characters and DEL; and the two that XML, so S3's own listing, cannot carry. */
const forbidden = /[\p{Cc}\uFFFE\uFFFF]/u;

function fault(value: string): string | undefined {
  if (value === "") return "is empty";
  if (!value.isWellFormed()) return "is not valid Unicode";
  if (Buffer.byteLength(value) > MAX_KEY_BYTES) return `is longer than ${MAX_KEY_BYTES} bytes of UTF-8`;
  if (value.startsWith("/")) return "starts with a slash";
  if (forbidden.test(value)) return "holds a control character";
  if (value.split("/").some((segment) => segment === "." || segment === "..")) return "holds a . or .. segment";
  return undefined;
}

/**
 * Takes a decoded key from outside. Keys are compared by code unit: NFC and NFD forms of a name are two keys, as in S3.
 *
 * @throws InvalidKeyError that says what is wrong and does not repeat the key
 */
export function parseObjectKey(value: string): ObjectKey {
  const wrong = fault(value);
  if (wrong !== undefined) throw new InvalidKeyError(`The key ${wrong}.`);
  return value as ObjectKey;
}

/** What follows the last slash; empty for a key that ends in one. */
export const basename = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

/** The key as a URL's path writes it: every byte outside RFC 3986's unreserved characters is escaped, slashes stay. */
export const encodeKey = (key: string): string =>
  encodeURIComponent(key)
    .replaceAll("%2F", "/")
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** The object's address in S3, as the records show it. The object is private: the address identifies it and does not open it. */
export const objectUrl = (bucket: string, region: string, key: string): string =>
  `https://${bucket}.s3.${region}.amazonaws.com/${encodeKey(key)}`;
