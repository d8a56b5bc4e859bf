import type { LogEventView, LogGroupView, LogsView } from "../../views.ts";
import { addressOf } from "../address.ts";
import { h } from "../dom.ts";
import { formatAge, formatClock, formatFull } from "../format.ts";
import { readLogMessage } from "../log-message.ts";
import { choice, copyButton, empty, link, search } from "../parts.ts";
import type { PageView } from "./page-view.ts";

const MAX_EVENTS = 1_000;
const TRACE_ID = /\b1-[0-9a-f]{8}-[0-9a-f]{24}\b/;

export const logs: PageView<LogsView, LogEventView> = {
  title: "Logs",
  summary: "What functions and programs write, as they write it.",
  tools: ({ groups }, query) => [
    choice("Log group", "group", query.get("group"), [
      { value: "", label: "All log groups" },
      ...groups.toSorted(newestFirst).map((group) => ({ value: group.name, label: groupLabel(group) })),
    ]),
    search('Search: words, or { $.level = "ERROR" }', query.get("q")),
  ],
  render: ({ events, truncated }, query) =>
    events.length === 0
      ? nothing(query)
      : h(
          "div",
          {
            class: "log",
            role: "log",
            "aria-live": "off",
            "aria-label": "Log events",
            tabindex: 0,
            "data-follow": true,
          },
          truncated && h("p", { class: "count" }, "Earlier events are not shown. Search to find them."),
          events.map((event) => line(event, query.get("group") === null)),
        ),
  add: (view, items) => ({ ...view, events: [...view.events, ...items].slice(-MAX_EVENTS) }),
};

function nothing(query: URLSearchParams): HTMLElement {
  if (query.has("q")) return empty("Nothing matches", link({ q: undefined }, {}, "Show all events"), ".");
  return empty(
    "Nothing was written yet",
    "Invoke the function, for example with a request from the ",
    h("a", { href: addressOf("overview") }, "overview"),
    ".",
  );
}

function line(event: LogEventView, withGroup: boolean): HTMLElement {
  const { at, group, stream, message, level } = event;
  const traceId = TRACE_ID.exec(message)?.[0];
  const { headline, details, whole, isPlatform } = readLogMessage(message);
  return h(
    "details",
    { class: `event ${level ?? ""}`, "data-key": keyOf(event) },
    h(
      "summary",
      {},
      h("time", { datetime: new Date(at).toISOString(), title: formatFull(at) }, formatClock(at)),
      withGroup && h("span", { class: "group", title: group }, shortGroup(group)),
      h("span", { class: `level ${level ?? "none"}` }, level ?? ""),
      h("span", { class: isPlatform ? "text muted" : "text" }, headline, " ", h("span", { class: "muted" }, details)),
    ),
    h(
      "div",
      { class: "event-more" },
      h(
        "p",
        { class: "muted" },
        h("a", { href: addressOf("logs", { group }) }, group),
        ` · ${stream}`,
        traceId !== undefined && [" · ", h("a", { href: addressOf("traces", { trace: traceId }) }, "Trace")],
        copyButton(message, "the event"),
      ),
      h("pre", {}, whole),
    ),
  );
}

const keys = new WeakMap<LogEventView, string>();
let lastKey = 0;

/** Events have no id, and two can be equal; an event keeps its key as long as the page has it. */
function keyOf(event: LogEventView): string {
  const known = keys.get(event);
  if (known !== undefined) return known;
  lastKey += 1;
  keys.set(event, String(lastKey));
  return String(lastKey);
}

function newestFirst(a: LogGroupView, b: LogGroupView): number {
  return (b.lastWrittenAt ?? 0) - (a.lastWrittenAt ?? 0) || a.name.localeCompare(b.name);
}

function groupLabel({ name, functionName, lastWrittenAt }: LogGroupView): string {
  return `${functionName ?? name} (${lastWrittenAt === undefined ? "empty" : formatAge(lastWrittenAt)})`;
}

function shortGroup(group: string): string {
  return group.replace(/^\/aws\/lambda\//, "");
}
