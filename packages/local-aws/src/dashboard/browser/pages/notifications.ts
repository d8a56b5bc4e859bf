import type { NotificationsView, NotificationView } from "../../views.ts";
import { h } from "../dom.ts";
import { prettyText } from "../format.ts";
import { badge, choice, empty, link, search, snippet, type Tone, time } from "../parts.ts";
import type { PageView } from "./page-view.ts";

type Delivery = NotificationView["deliveries"][number];

const MAX_NOTIFICATIONS = 500;
const TONES: Readonly<Record<Delivery["outcome"], Tone>> = {
  delivered: "good",
  unconfirmed: "accent",
  filtered: "neutral",
  failed: "bad",
};

export const notifications: PageView<NotificationsView, NotificationView> = {
  title: "Notifications",
  summary: "Messages of SNS topics, with the e-mails that AWS would send.",
  tools: ({ topics }, query) => [
    search("Search messages", query.get("q")),
    choice("Topic", "topic", query.get("topic"), [
      { value: "", label: "All topics" },
      ...topics.map((topic) => ({ value: topic, label: topic })),
    ]),
  ],
  render: ({ notifications: all }, query) =>
    all.length > 0 ? h("div", { class: "items card" }, all.map(notificationItem)) : nothing(query),
  add: (view, items) => ({
    ...view,
    notifications: [...items.toReversed(), ...view.notifications].slice(0, MAX_NOTIFICATIONS),
  }),
};

function nothing(query: URLSearchParams): HTMLElement {
  return query.has("q") || query.has("topic")
    ? empty("No notification matches", link({ q: undefined, topic: undefined }, {}, "Show all notifications"), ".")
    : empty(
        "Nothing was sent",
        "When an alarm changes its state, or a program publishes to a topic, the message appears here.",
      );
}

export function notificationItem({ id, at, topic, subject, message, deliveries }: NotificationView): HTMLElement {
  return h(
    "details",
    { class: "item", "data-key": id },
    h(
      "summary",
      {},
      h("span", { class: "item-title" }, subject ?? titleOf(message)),
      h("span", { class: "muted" }, topic, " · ", time(at)),
      deliveries.length === 0 ? badge("no subscriber") : summaryOf(deliveries),
    ),
    snippet(prettyText(message), "the message"),
    h("ul", { class: "plain" }, deliveries.map(deliveryLine)),
  );
}

function deliveryLine({ protocol, endpoint, outcome, reason }: Delivery): HTMLElement {
  const sentence =
    outcome === "unconfirmed"
      ? `AWS would send it by ${protocol} to ${endpoint} after a confirmation.`
      : `${protocol} to ${endpoint}`;
  return h(
    "li",
    {},
    badge(outcome, TONES[outcome]),
    ` ${sentence}`,
    reason && h("span", { class: "muted" }, ` ${reason}`),
  );
}

function summaryOf(deliveries: readonly Delivery[]): HTMLElement {
  const worst = (["failed", "unconfirmed", "delivered", "filtered"] as const).find((outcome) =>
    deliveries.some((delivery) => delivery.outcome === outcome),
  );
  return badge(worst ?? "delivered", TONES[worst ?? "delivered"]);
}

/** The first line; of an alarm its name and its new state. */
function titleOf(message: string): string {
  try {
    const { alarmData } = JSON.parse(message) as { alarmData?: { alarmName?: string; state?: { value?: string } } };
    if (alarmData?.alarmName) return `${alarmData.alarmName}: ${alarmData.state?.value ?? ""}`;
  } catch {
    // Not JSON.
  }
  return message.split("\n", 1)[0] ?? "";
}
