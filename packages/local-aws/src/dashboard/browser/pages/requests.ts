import type { RequestsView, RequestView } from "../../views.ts";
import { addressOf } from "../address.ts";
import { h } from "../dom.ts";
import { formatClock, formatDuration, plural } from "../format.ts";
import { badge, empty, link, search, type Tone, table, toggle } from "../parts.ts";
import type { PageView } from "./page-view.ts";

const MAX_REQUESTS = 1_000;

export const requests: PageView<RequestsView, RequestView> = {
  title: "Requests",
  summary: "Requests to the deployment, as they are answered.",
  tools: (_, query) => [
    search("Search path, status, function", query.get("q")),
    toggle("Only errors", "failed", query),
  ],
  render: ({ requests: all }, query) =>
    all.length > 0
      ? h("div", {}, requestTable(all, "Requests"), h("p", { class: "count" }, plural(all.length, "request")))
      : nothing(query),
  add: (view, items) => ({ requests: [...items.toReversed(), ...view.requests].slice(0, MAX_REQUESTS) }),
};

function nothing(query: URLSearchParams): HTMLElement {
  return query.has("q") || query.has("failed")
    ? empty("No request matches", link({ q: undefined, failed: undefined }, {}, "Show all requests"), ".")
    : empty(
        "No requests since the start",
        "Use one of the examples of the ",
        h("a", { href: addressOf("overview") }, "overview"),
        ".",
      );
}

export function requestTable(all: readonly RequestView[], label: string): HTMLElement {
  return table(
    all,
    [
      { label: "Time", cell: ({ at }) => h("span", { class: "mono muted" }, formatClock(at)) },
      { label: "Status", cell: ({ status }) => badge(String(status), toneOf(status)) },
      {
        label: "Request",
        cell: ({ method, path, error }) =>
          h(
            "span",
            { class: "mono wrap" },
            h("strong", {}, method),
            ` ${path}`,
            error !== undefined && h("span", { class: "block bad-text" }, error),
          ),
      },
      { label: "Duration", numeric: true, cell: ({ milliseconds }) => formatDuration(milliseconds) },
      { label: "Answered by", cell: ({ functionName, target }) => answeredBy(functionName, target) },
    ],
    { label, key: ({ id }) => id },
  );
}

function answeredBy(functionName: string | undefined, target: string): Node | string {
  if (functionName === undefined) return target;
  return h("a", { href: addressOf("logs", { group: `/aws/lambda/${functionName}` }) }, functionName);
}

function toneOf(status: number): Tone {
  if (status >= 500) return "bad";
  if (status >= 400) return "warning";
  return status >= 300 ? "accent" : "good";
}
