/** The key in an event is not percent-encoded UTF-8. */
export class InvalidEventKeyError extends Error {
  override readonly name = "InvalidEventKeyError";
  readonly code = "InvalidEventKey";
}

/**
 * The key inside an S3 event notification, which is form-encoded: a space is `+`, a plus is `%2B`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 *
 * @throws InvalidEventKeyError
 */
export function decodeEventKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll("+", " "));
  } catch (cause) {
    throw new InvalidEventKeyError("The event's key is not percent-encoded UTF-8", { cause });
  }
}
