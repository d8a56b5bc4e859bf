import type { QueueMessageView, QueuesView, QueueView } from "../../views.ts";
import { addressOf } from "../address.ts";
import { announce } from "../announcer.ts";
import { type Child, h } from "../dom.ts";
import { formatSeconds, plural, prettyText } from "../format.ts";
import { badge, code, detail, empty, facts, link, search, snippet, split, type Tone, table, time } from "../parts.ts";
import type { PageView } from "./page-view.ts";

const TONES: Readonly<Record<QueueMessageView["state"], Tone>> = {
  visible: "accent",
  "in flight": "warning",
  delayed: "neutral",
};

export const queues: PageView<QueuesView> = {
  title: "Queues",
  summary: "SQS queues. Looking at a message does not receive it.",
  tools: (_, query) => [search("Search queues", query.get("q"))],
  render: ({ queues: all, selected }, query) =>
    split(all.length > 0 ? list(all, selected?.name) : nothing(query), selected && inspect(selected)),
};

function nothing(query: URLSearchParams): HTMLElement {
  return query.has("q")
    ? empty("No queue matches", link({ q: undefined }, {}, "Show all queues"), ".")
    : empty("There is no queue", "Deploy an aws_sqs_queue; its messages appear here.");
}

function list(all: readonly QueueView[], selected: string | undefined): HTMLElement {
  return table(
    all,
    [
      {
        label: "Queue",
        cell: (queue) => [
          link({ queue: queue.name }, { class: "strong" }, queue.name),
          queue.deadLettersOf.length > 0 && badge("dead letters", total(queue) > 0 ? "bad" : "neutral"),
        ],
      },
      { label: "Visible", numeric: true, cell: ({ visible }) => visible },
      { label: "In flight", numeric: true, cell: ({ inFlight }) => inFlight },
      { label: "Delayed", numeric: true, cell: ({ delayed }) => delayed },
      { label: "Oldest", cell: ({ oldestSentAt }) => (oldestSentAt === undefined ? "–" : time(oldestSentAt)) },
    ],
    { label: "Queues", key: ({ name }) => name, isSelected: ({ name }) => name === selected },
  );
}

function inspect(queue: NonNullable<QueuesView["selected"]>): HTMLElement {
  const { name, arn, messages, deadLettersOf, deadLetterQueue, maxReceiveCount, consumers } = queue;
  const count = total(queue);
  return detail(
    name,
    { queue: undefined },
    facts([
      ["ARN", code(arn)],
      [
        "Read by",
        consumers.length === 0 ? "–" : consumers.map((consumer) => h("a", { href: logsOf(consumer) }, consumer)),
      ],
      ["Hidden after a receive", formatSeconds(queue.visibilityTimeoutSeconds)],
      ["Kept", formatSeconds(queue.retentionSeconds)],
      deadLetterQueue === undefined
        ? ["Dead letters of", deadLettersOf.map((source) => link({ queue: source }, {}, source))]
        : [
            "Dead-letter queue",
            [
              link({ queue: deadLetterQueue }, {}, deadLetterQueue),
              ` after ${plural(maxReceiveCount ?? 0, "receive")}`,
            ],
          ],
    ]),
    deadLettersOf.length > 0 && count > 0 && redriveButton(name, count),
    h("h3", {}, plural(count, "message")),
    messages.length === 0
      ? empty(
          "The queue is empty",
          deadLettersOf.length > 0 ? "No message has failed." : "Messages appear here while they wait.",
        )
      : h("div", { class: "items" }, messages.map(message)),
    messages.length < count && h("p", { class: "count" }, `The oldest ${messages.length} are shown.`),
  );
}

function message({ id, sentAt, state, receiveCount, body, attributes }: QueueMessageView): Child {
  return h(
    "details",
    { class: "item", "data-key": id },
    h(
      "summary",
      {},
      h("span", { class: "item-title mono" }, body.slice(0, 200)),
      h("span", { class: "muted" }, time(sentAt), ` · received ${plural(receiveCount, "time")}`),
      badge(state, TONES[state]),
    ),
    snippet(prettyText(body), "the message"),
    facts([["Id", code(id)], ...Object.entries(attributes).map(([name, value]) => [name, code(value)] as const)]),
  );
}

function redriveButton(queue: string, count: number): HTMLElement {
  const redrive = async (): Promise<void> => {
    const address = `/dashboard/api/queues/redrive?${new URLSearchParams({ queue })}`;
    const response = await fetch(address, { method: "POST" });
    const { moved, message: problem } = (await response.json()) as { moved?: number; message?: string };
    announce(problem ?? `Moved ${plural(moved ?? 0, "message")} back.`);
  };
  return h(
    "p",
    {},
    h(
      "button",
      { class: "button primary", type: "button", onclick: () => void redrive() },
      `Move ${plural(count, "message")} back to the source queue`,
    ),
  );
}

function total({ visible, inFlight, delayed }: QueueView): number {
  return visible + inFlight + delayed;
}

function logsOf(functionName: string): string {
  return addressOf("logs", { group: `/aws/lambda/${functionName}` });
}
