/**
 * The metadata that users store with an object, without the prefix `x-amz-meta-`. Names are in lower case, and values
 * are ASCII: other characters are encoded as in {@link encodeMetadataValue}.
 */
export type UserMetadata = Readonly<Record<string, string>>;

/** The limit of S3, for all names and values: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
export const MAX_METADATA_BYTES = 2 * 1024;

export class InvalidMetadataError extends Error {
  override readonly name = "InvalidMetadataError";
  readonly code: "InvalidMetadata" | "MetadataTooLarge";

  constructor(code: InvalidMetadataError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** A name that is valid in a header (RFC 9110, token). */
const validName = /^[\w!#$%&'*+.^`|~-]+$/;
const printable = /^[\x20-\x7e]*$/;

/**
 * Checks metadata before it is stored.
 *
 * @throws InvalidMetadataError whose message does not contain a value
 */
export function checkUserMetadata(metadata: UserMetadata): UserMetadata {
  const entries = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value] as const);
  for (const [name, value] of entries) {
    if (!validName.test(name)) throw invalid("A name of the metadata contains characters that a header cannot have.");
    if (!printable.test(value)) throw invalid(`The value of ${name} is not ASCII. Encode it as in RFC 2047.`);
  }
  const bytes = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (bytes > MAX_METADATA_BYTES) {
    throw new InvalidMetadataError(
      "MetadataTooLarge",
      `The metadata has ${bytes} bytes; at most ${MAX_METADATA_BYTES} are possible.`,
    );
  }
  return Object.fromEntries(entries);
}

/** A value as ASCII: as it is, or as an encoded word in base64 (RFC 2047), which S3 decodes. */
export const encodeMetadataValue = (value: string): string =>
  printable.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString("base64")}?=`;

const invalid = (message: string): InvalidMetadataError => new InvalidMetadataError("InvalidMetadata", message);
