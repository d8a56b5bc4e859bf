import type { Call } from "../../../gateway/protocol.ts";
import { forEachEntry } from "../batch.ts";
import type { SqsContext } from "./context.ts";

interface Input {
  readonly QueueUrl?: string;
  readonly Entries?: readonly { readonly Id: string; readonly ReceiptHandle: string }[];
}

export const deleteMessageBatch =
  ({ queues }: SqsContext) =>
  ({ QueueUrl, Entries }: Input, call: Call): object => {
    const queue = queues.byUrl(QueueUrl);
    call.authorize("sqs:DeleteMessage", queue.arn);
    return forEachEntry(Entries, ({ ReceiptHandle }) => {
      queue.delete(ReceiptHandle);
      return {};
    });
  };
