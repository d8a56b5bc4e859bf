import type { Call } from "../../../gateway/protocol.ts";
import type { SqsContext } from "./context.ts";
import { page } from "./page.ts";

interface Input {
  readonly QueueUrl?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export const listDeadLetterSourceQueues =
  ({ queues }: SqsContext) =>
  ({ QueueUrl, MaxResults, NextToken }: Input, call: Call): object => {
    const queue = queues.byUrl(QueueUrl);
    call.authorize("sqs:ListDeadLetterSourceQueues", queue.arn);
    const { items, next } = page(queues.sourcesOf(queue), MaxResults, NextToken);
    // AWS spells this member in lower camel case.
    return { queueUrls: items.map(({ name }) => queues.urlOf(name)), NextToken: next };
  };
