import { REGION } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import type { MessageAttributes } from "../sqs/consumer.ts";

/** 256 KiB. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MAX_MESSAGE_BYTES = 262_144;
const MAX_SUBJECT_CHARACTERS = 100;

/** The input of a publish. */
export interface Publication {
  readonly message: string;
  readonly subject?: string | undefined;
  readonly attributes?: MessageAttributes | undefined;
  /** `message` is a JSON object with a text for each protocol, and a `default`. */
  readonly perProtocol?: boolean | undefined;
  /** The tracing header of the request, which the subscribers receive. */
  readonly traceHeader?: string | undefined;
}

/** A message that a topic has accepted. */
export interface TopicMessage extends Publication {
  readonly messageId: string;
  readonly topicArn: string;
  /** ISO 8601. */
  readonly timestamp: string;
}

/** @throws AwsError `InvalidParameter` when SNS would reject the message. */
export function checkPublication({ message, subject, perProtocol }: Publication): void {
  if (message === "") throw invalidParameter("Empty message");
  if (Buffer.byteLength(message) > MAX_MESSAGE_BYTES) throw invalidParameter("Message too long");
  if (subject !== undefined && (subject.length > MAX_SUBJECT_CHARACTERS || !/^[^\p{Cc}\s][^\p{Cc}]*$/u.test(subject))) {
    throw invalidParameter("Subject");
  }
  if (perProtocol && typeof textsByProtocol(message).default !== "string") {
    throw invalidParameter("Message Structure - No default entry in JSON message body");
  }
}

/** The text for subscribers of this protocol. */
export function textFor(protocol: string, { message, perProtocol }: Publication): string {
  if (!perProtocol) return message;
  const texts = textsByProtocol(message);
  return String(texts[protocol] ?? texts.default);
}

/** The `Sns` member of a Lambda event record, and the whole message for SQS. The local AWS does not sign it. */
export function notification(protocol: string, message: TopicMessage, subscriptionArn: string) {
  return {
    Type: "Notification",
    MessageId: message.messageId,
    TopicArn: message.topicArn,
    ...(message.subject !== undefined && { Subject: message.subject }),
    Message: textFor(protocol, message),
    Timestamp: message.timestamp,
    SignatureVersion: "1",
    Signature: "",
    SigningCertURL: "",
    UnsubscribeURL: `https://sns.${REGION}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    ...(message.attributes && Object.keys(message.attributes).length > 0
      ? { MessageAttributes: attributesOf(message.attributes) }
      : {}),
  };
}

function attributesOf(attributes: MessageAttributes): Record<string, { Type: string; Value: string }> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      { Type: dataType, Value: stringValue ?? binaryValue ?? "" },
    ]),
  );
}

export function invalidParameter(reason: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${reason}`);
}

function textsByProtocol(message: string): Record<string, unknown> {
  try {
    return JSON.parse(message) as Record<string, unknown>;
  } catch {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
}
