import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import type { SqsContext } from "./context.ts";

interface Input extends PageInput {
  readonly QueueUrl?: string;
}

export const listDeadLetterSourceQueues =
  ({ queues }: SqsContext) =>
  ({ QueueUrl, ...input }: Input, call: Call): object => {
    const queue = queues.byUrl(QueueUrl);
    call.authorize("sqs:ListDeadLetterSourceQueues", queue.arn);
    const { page, next } = paginate(queues.sourcesOf(queue), pageOptions(input));
    // AWS spells this member in lower camel case.
    return { queueUrls: page.map(({ name }) => queues.urlOf(name)), NextToken: next };
  };
