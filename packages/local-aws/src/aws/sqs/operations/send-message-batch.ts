import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { forEachEntry } from "../batch.ts";
import { messageBytes } from "../message.ts";
import { fromRequest } from "../message-attributes.ts";
import type { SqsContext } from "./context.ts";
import { type MessageInput, sendTo } from "./send-message.ts";

/**
 * Limit of a batch, 1 MiB since August 2025.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
const MAX_BATCH_BYTES = 1_048_576;

interface Input {
  readonly QueueUrl?: string;
  readonly Entries?: readonly (MessageInput & { readonly Id: string })[];
}

export const sendMessageBatch =
  ({ queues }: SqsContext) =>
  ({ QueueUrl, Entries = [] }: Input, call: Call): object => {
    const queue = queues.byUrl(QueueUrl);
    call.authorize("sqs:SendMessage", queue.arn);
    const bytes = Entries.reduce(
      (sum, entry) => sum + messageBytes(entry.MessageBody ?? "", fromRequest(entry.MessageAttributes)),
      0,
    );
    if (bytes > MAX_BATCH_BYTES) {
      const message = `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`;
      throw new AwsError("BatchRequestTooLong", message);
    }
    return forEachEntry(Entries, (entry) => sendTo(queue, entry, call));
  };
