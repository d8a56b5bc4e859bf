import { createHash } from "node:crypto";
import { AwsError } from "../../runtime/error.ts";
import type { MessageAttributes } from "./consumer.ts";
import { invalidParameter, missingParameter } from "./errors.ts";

/**
 * Characters outside of XML 1.0, which SQS rejects.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const FORBIDDEN_CHARACTERS = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_ATTRIBUTES = 10;

/**
 * @param maximumBytes limit for {@link messageBytes}.
 * @throws AwsError when SQS would reject the message.
 */
export function checkMessage(body: string, attributes: MessageAttributes, maximumBytes: number): void {
  if (body === "") throw missingParameter("MessageBody");
  if (FORBIDDEN_CHARACTERS.test(body)) {
    throw new AwsError(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
    );
  }
  if (Object.keys(attributes).length > MAX_ATTRIBUTES) {
    throw invalidParameter(
      "MessageAttributes",
      Object.keys(attributes).length,
      `At most ${MAX_ATTRIBUTES} attributes.`,
    );
  }
  if (messageBytes(body, attributes) > maximumBytes) {
    throw invalidParameter("MessageBody", "given", `Message must be shorter than ${maximumBytes} bytes.`);
  }
}

/** Size in bytes as SQS counts it: the body, and the names, types and values of the attributes. */
export function messageBytes(body: string, attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (bytes, [name, { dataType, stringValue, binaryValue }]) =>
      bytes +
      Buffer.byteLength(name) +
      Buffer.byteLength(dataType) +
      Buffer.byteLength(stringValue ?? "") +
      Buffer.byteLength(binaryValue ?? "", "base64"),
    Buffer.byteLength(body),
  );
}

export function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

/**
 * Undefined without attributes, in which case SQS omits the member.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { dataType = "", stringValue, binaryValue } = attributes[name] ?? {};
    add(Buffer.from(name));
    add(Buffer.from(dataType));
    hash.update(Buffer.of(binaryValue === undefined ? 1 : 2));
    add(binaryValue === undefined ? Buffer.from(stringValue ?? "") : Buffer.from(binaryValue, "base64"));
  }
  return hash.digest("hex");
}
