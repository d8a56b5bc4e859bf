import type { Call } from "../../../gateway/protocol.ts";
import type { SqsContext } from "./context.ts";

interface Input {
  readonly QueueUrl?: string;
  readonly ReceiptHandle?: string;
}

export const deleteMessage =
  ({ queues }: SqsContext) =>
  ({ QueueUrl, ReceiptHandle = "" }: Input, call: Call): void => {
    const queue = queues.byUrl(QueueUrl);
    call.authorize("sqs:DeleteMessage", queue.arn);
    queue.delete(ReceiptHandle);
  };
