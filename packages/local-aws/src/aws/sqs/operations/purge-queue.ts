import type { Call } from "../../../gateway/protocol.ts";
import type { SqsContext } from "./context.ts";

export const purgeQueue =
  ({ queues }: SqsContext) =>
  ({ QueueUrl }: { readonly QueueUrl?: string }, call: Call): void => {
    const queue = queues.byUrl(QueueUrl);
    call.authorize("sqs:PurgeQueue", queue.arn);
    queue.purge();
  };
