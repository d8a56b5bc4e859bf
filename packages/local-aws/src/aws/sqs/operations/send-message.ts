import type { Call } from "../../../gateway/protocol.ts";
import { md5, md5OfAttributes } from "../message.ts";
import type { MessageQueue } from "../message-queue.ts";
import { type ApiAttributes, fromApi } from "./attributes.ts";
import type { SqsContext } from "./context.ts";

export interface MessageInput {
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: ApiAttributes;
}

interface Input extends MessageInput {
  readonly QueueUrl?: string;
}

export const sendMessage =
  ({ queues }: SqsContext) =>
  (input: Input, call: Call): object => {
    const queue = queues.byUrl(input.QueueUrl);
    call.authorize("sqs:SendMessage", queue.arn);
    return sendTo(queue, input, call);
  };

/** The digests let the SDK see that the message arrived as it was sent. */
export function sendTo(queue: MessageQueue, input: MessageInput, { caller }: Call): object {
  const attributes = fromApi(input.MessageAttributes);
  const { messageId, body } = queue.send(input.MessageBody ?? "", attributes, caller.accessKeyId, input.DelaySeconds);
  return { MessageId: messageId, MD5OfMessageBody: md5(body), MD5OfMessageAttributes: md5OfAttributes(attributes) };
}
