import type { MessageQueue, QueuedMessage } from "../../aws/sqs/message-queue.ts";
import { parseRedrivePolicy } from "../../aws/sqs/queue-settings.ts";
import type { DashboardSources } from "../sources.ts";
import type { QueueMessageView, QueuesView, QueueView } from "../views.ts";
import { matches, nameInArn, type Page } from "./page.ts";

const MAX_MESSAGES = 100;
const MAX_BODY_CHARACTERS = 65_536;

/** The queues, their dead letters, and a look at messages that neither receives nor hides them. */
export function queuesPage(sources: Pick<DashboardSources, "queues" | "records">): Page<QueuesView> {
  return {
    read(query) {
      const all = sources.queues.all().map((queue) => queueView(queue, sources));
      const name = query.get("queue");
      return {
        queues: all.filter((queue) => matches(query.get("q"), queue.name)).sort((a, b) => a.name.localeCompare(b.name)),
        selected: name === null ? undefined : detailView(sources.queues.get(name), sources),
      };
    },
  };
}

function detailView(
  queue: MessageQueue,
  sources: Pick<DashboardSources, "queues" | "records">,
): QueuesView["selected"] {
  return {
    ...queueView(queue, sources),
    arn: queue.arn,
    visibilityTimeoutSeconds: queue.settings.visibilityTimeoutSeconds,
    retentionSeconds: queue.settings.retentionSeconds,
    messages: queue.peek().slice(0, MAX_MESSAGES).map(messageView),
  };
}

function queueView(queue: MessageQueue, { queues, records }: Pick<DashboardSources, "queues" | "records">): QueueView {
  const redrive = parseRedrivePolicy(queue.redrivePolicy);
  const sentAt = queue.peek().map(({ message }) => message.sentAt);
  return {
    name: queue.name,
    ...queue.counts(),
    oldestSentAt: sentAt.length === 0 ? undefined : Math.min(...sentAt),
    consumers: records
      .ofType("aws_lambda_event_source_mapping")
      .filter(({ attributes }) => attributes.event_source_arn === queue.arn)
      .map(({ attributes }) => functionNameOf(String(attributes.function_name ?? attributes.function_arn))),
    deadLetterQueue: redrive && nameInArn(redrive.deadLetterTargetArn),
    maxReceiveCount: redrive?.maxReceiveCount,
    deadLettersOf: queues.sourcesOf(queue).map(({ name }) => name),
  };
}

function messageView({ message, state, receiveCount, visibleAt }: QueuedMessage): QueueMessageView {
  const { messageId, sentAt, body, attributes } = message;
  return {
    id: messageId,
    sentAt,
    state,
    visibleAt,
    receiveCount,
    body: body.length > MAX_BODY_CHARACTERS ? `${body.slice(0, MAX_BODY_CHARACTERS)}…` : body,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { stringValue, binaryValue }]) => [
        name,
        stringValue ?? binaryValue ?? "",
      ]),
    ),
  };
}

/** `arn:aws:lambda:us-east-1:000000000000:function:name:alias` → `name`. */
function functionNameOf(nameOrArn: string): string {
  return nameOrArn.split(":")[6] ?? nameOrArn;
}
