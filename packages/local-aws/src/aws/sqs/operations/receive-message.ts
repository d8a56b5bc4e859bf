import type { Call } from "../../../gateway/protocol.ts";
import type { ReceivedMessage } from "../consumer.ts";
import { checkRange } from "../errors.ts";
import { md5OfAttributes } from "../message.ts";
import { toResponse } from "../message-attributes.ts";
import type { SqsContext } from "./context.ts";

interface Input {
  readonly QueueUrl?: string;
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
  readonly WaitTimeSeconds?: number;
  /** Deprecated name of `MessageSystemAttributeNames`. */
  readonly AttributeNames?: readonly string[];
  readonly MessageSystemAttributeNames?: readonly string[];
  readonly MessageAttributeNames?: readonly string[];
}

export const receiveMessage =
  ({ queues, closing }: SqsContext) =>
  async (input: Input, call: Call): Promise<object> => {
    const queue = queues.byUrl(input.QueueUrl);
    call.authorize("sqs:ReceiveMessage", queue.arn);
    const { MaxNumberOfMessages = 1, WaitTimeSeconds = queue.settings.receiveWaitSeconds } = input;
    checkRange("MaxNumberOfMessages", MaxNumberOfMessages, 1, 10);
    checkRange("WaitTimeSeconds", WaitTimeSeconds, 0, 20);
    const messages = await queue.receive(MaxNumberOfMessages, WaitTimeSeconds, closing, input.VisibilityTimeout);
    return messages.length === 0 ? {} : { Messages: messages.map((message) => toResponseMessage(message, input)) };
  };

function toResponseMessage(message: ReceivedMessage, input: Input): object {
  const systemNames = [...(input.MessageSystemAttributeNames ?? []), ...(input.AttributeNames ?? [])];
  const system = Object.entries(message.attributes).filter(
    ([name]) => systemNames.includes(name) || systemNames.includes("All"),
  );
  const attributes = toResponse(message.messageAttributes, input.MessageAttributeNames ?? []);
  const sent = Object.keys(attributes ?? {}).map((name) => [name, message.messageAttributes[name]] as const);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: message.md5OfBody,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(attributes && {
      MessageAttributes: attributes,
      MD5OfMessageAttributes: md5OfAttributes(Object.fromEntries(sent) as ReceivedMessage["messageAttributes"]),
    }),
  };
}
