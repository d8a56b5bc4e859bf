import type { Operation } from "../../gateway/protocol.ts";
import { changeMessageVisibility } from "./operations/change-message-visibility.ts";
import { changeMessageVisibilityBatch } from "./operations/change-message-visibility-batch.ts";
import type { SqsContext } from "./operations/context.ts";
import { deleteMessage } from "./operations/delete-message.ts";
import { deleteMessageBatch } from "./operations/delete-message-batch.ts";
import { getQueueAttributes } from "./operations/get-queue-attributes.ts";
import { getQueueUrl } from "./operations/get-queue-url.ts";
import { listDeadLetterSourceQueues } from "./operations/list-dead-letter-source-queues.ts";
import { listQueueTags } from "./operations/list-queue-tags.ts";
import { listQueues } from "./operations/list-queues.ts";
import { purgeQueue } from "./operations/purge-queue.ts";
import { receiveMessage } from "./operations/receive-message.ts";
import { sendMessage } from "./operations/send-message.ts";
import { sendMessageBatch } from "./operations/send-message-batch.ts";
import { startMessageMoveTask } from "./operations/start-message-move-task.ts";

/** Queues are made and changed by Terraform alone; everything else about them is here. */
export function sqsOperations(context: SqsContext): Readonly<Record<string, Operation>> {
  return {
    ChangeMessageVisibility: changeMessageVisibility(context),
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch(context),
    DeleteMessage: deleteMessage(context),
    DeleteMessageBatch: deleteMessageBatch(context),
    GetQueueAttributes: getQueueAttributes(context),
    GetQueueUrl: getQueueUrl(context),
    ListDeadLetterSourceQueues: listDeadLetterSourceQueues(context),
    ListQueueTags: listQueueTags(context),
    ListQueues: listQueues(context),
    PurgeQueue: purgeQueue(context),
    ReceiveMessage: receiveMessage(context),
    SendMessage: sendMessage(context),
    SendMessageBatch: sendMessageBatch(context),
    StartMessageMoveTask: startMessageMoveTask(context),
  };
}
