import type { Call } from "../../../gateway/protocol.ts";
import { missingParameter } from "../errors.ts";
import type { SqsContext } from "./context.ts";

interface Input {
  readonly QueueUrl?: string;
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
}

export const changeMessageVisibility =
  ({ queues }: SqsContext) =>
  ({ QueueUrl, ReceiptHandle = "", VisibilityTimeout }: Input, call: Call): void => {
    const queue = queues.byUrl(QueueUrl);
    call.authorize("sqs:ChangeMessageVisibility", queue.arn);
    if (VisibilityTimeout === undefined) throw missingParameter("VisibilityTimeout");
    queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
  };
