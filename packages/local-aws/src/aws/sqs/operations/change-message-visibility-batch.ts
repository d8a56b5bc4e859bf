import type { Call } from "../../../gateway/protocol.ts";
import { forEachEntry } from "../batch.ts";
import { missingParameter } from "../errors.ts";
import type { SqsContext } from "./context.ts";

interface Input {
  readonly QueueUrl?: string;
  readonly Entries?: readonly {
    readonly Id: string;
    readonly ReceiptHandle: string;
    readonly VisibilityTimeout?: number;
  }[];
}

export const changeMessageVisibilityBatch =
  ({ queues }: SqsContext) =>
  ({ QueueUrl, Entries }: Input, call: Call): object => {
    const queue = queues.byUrl(QueueUrl);
    call.authorize("sqs:ChangeMessageVisibility", queue.arn);
    return forEachEntry(Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
      if (VisibilityTimeout === undefined) throw missingParameter("VisibilityTimeout");
      queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
      return {};
    });
  };
