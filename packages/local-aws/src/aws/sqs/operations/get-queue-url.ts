import type { Call } from "../../../gateway/protocol.ts";
import { queueArn } from "../queues.ts";
import type { SqsContext } from "./context.ts";

export const getQueueUrl =
  ({ queues }: SqsContext) =>
  ({ QueueName = "" }: { readonly QueueName?: string }, call: Call): object => {
    call.authorize("sqs:GetQueueUrl", queueArn(QueueName));
    return { QueueUrl: queues.urlOf(queues.get(QueueName).name) };
  };
