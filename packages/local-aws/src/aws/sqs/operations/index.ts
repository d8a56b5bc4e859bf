import type { Operation } from "../../../gateway/protocol.ts";
import { changeMessageVisibility } from "./change-message-visibility.ts";
import { changeMessageVisibilityBatch } from "./change-message-visibility-batch.ts";
import type { SqsContext } from "./context.ts";
import { deleteMessage } from "./delete-message.ts";
import { deleteMessageBatch } from "./delete-message-batch.ts";
import { getQueueAttributes } from "./get-queue-attributes.ts";
import { getQueueUrl } from "./get-queue-url.ts";
import { listDeadLetterSourceQueues } from "./list-dead-letter-source-queues.ts";
import { listQueueTags } from "./list-queue-tags.ts";
import { listQueues } from "./list-queues.ts";
import { purgeQueue } from "./purge-queue.ts";
import { receiveMessage } from "./receive-message.ts";
import { sendMessage } from "./send-message.ts";
import { sendMessageBatch } from "./send-message-batch.ts";
import { startMessageMoveTask } from "./start-message-move-task.ts";

/** Terraform creates and configures queues; the API serves the messages and describes the queues. */
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
