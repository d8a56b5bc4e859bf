import type { Call } from "../../../gateway/protocol.ts";
import { md5, md5OfAttributes } from "../message.ts";
import { type ApiAttributes, fromRequest, systemAttributesFrom } from "../message-attributes.ts";
import type { MessageQueue } from "../message-queue.ts";
import type { SqsContext } from "./context.ts";

export interface MessageInput {
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: ApiAttributes;
  /** `AWSTraceHeader` is the only one. */
  readonly MessageSystemAttributes?: ApiAttributes;
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

/** With the digests the SDK checks that the message arrived unchanged. */
export function sendTo(queue: MessageQueue, input: MessageInput, call: Call): object {
  const attributes = fromRequest(input.MessageAttributes);
  const systemAttributes = systemAttributesFrom(input.MessageSystemAttributes);
  const { messageId, body } = queue.send(input.MessageBody ?? "", attributes, call.caller.accessKeyId, {
    delaySeconds: input.DelaySeconds,
    traceHeader: systemAttributes.AWSTraceHeader?.stringValue ?? call.traceHeader,
  });
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5(body),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MD5OfMessageSystemAttributes: md5OfAttributes(systemAttributes),
  };
}
