import type { Call } from "../../../gateway/protocol.ts";
import type { SqsContext } from "./context.ts";

export const listQueueTags =
  ({ queues }: SqsContext) =>
  ({ QueueUrl }: { readonly QueueUrl?: string }, call: Call): object => {
    const queue = queues.byUrl(QueueUrl);
    call.authorize("sqs:ListQueueTags", queue.arn);
    return { Tags: queue.settings.tags };
  };
