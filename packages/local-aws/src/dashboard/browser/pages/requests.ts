import type { FailureView, RequestsItem, RequestsView, RequestView } from "../../views.ts";
import { addressOf } from "../address.ts";
import { type Child, h } from "../dom.ts";
import { formatClock, formatDuration, plural } from "../format.ts";
import { badge, type Column, card, empty, link, search, type Tone, table, time, toggle } from "../parts.ts";
import type { PageView } from "./page-view.ts";

const MAX_REQUESTS = 1_000;
const MAX_FAILURES = 5;

export const requests: PageView<RequestsView, RequestsItem> = {
  title: "Requests",
  summary: "Requests to the APIs, load balancers and distributions since the start.",
  tools: (_, query) => [
    search("Search path, status, function", query.get("q")),
    toggle("Only errors", "failed", query),
  ],
  render: ({ requests: all, failures }, query) =>
    h(
      "div",
      { class: "stack" },
      failures.length > 0 && card("Failures of functions", failureList(failures.slice(0, MAX_FAILURES))),
      all.length > 0
        ? h("div", {}, requestTable(all), h("p", { class: "count" }, plural(all.length, "request")))
        : nothing(query),
    ),
  add: (view, items) => ({
    requests: [...items.flatMap((item) => ("request" in item ? [item.request] : [])).reverse(), ...view.requests].slice(
      0,
      MAX_REQUESTS,
    ),
    failures: [...items.flatMap((item) => ("failure" in item ? [item.failure] : [])).reverse(), ...view.failures],
  }),
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

/** In short, for the overview. */
export function recentTable(all: readonly RequestView[]): HTMLElement {
  return table(all, [columns.status, columns.request, columns.duration], {
    label: "Last requests",
    key: ({ id }) => id,
  });
}

function requestTable(all: readonly RequestView[]): HTMLElement {
  return table(all, Object.values(columns), { label: "Requests", key: ({ id }) => id });
}

const columns = {
  time: { label: "Time", cell: ({ at }) => h("span", { class: "mono muted" }, formatClock(at)) },
  status: {
    label: "Status",
    cell: ({ status }) => badge(status === undefined ? "closed" : String(status), toneOf(status)),
  },
  request: {
    label: "Request",
    cell: ({ method, path }) => h("span", { class: "mono wrap" }, h("strong", {}, method), ` ${path}`),
  },
  duration: { label: "Duration", numeric: true, cell: ({ milliseconds }) => formatDuration(milliseconds) },
  entrance: {
    label: "Entrance",
    cell: ({ entrance, fromCloudFront }) => [
      entrance,
      fromCloudFront && h("span", { class: "muted block" }, "from CloudFront"),
    ],
  },
  servedBy: { label: "Served by", cell: servedBy },
} as const satisfies Readonly<Record<string, Column<RequestView>>>;

export function failureList(failures: readonly FailureView[]): HTMLElement {
  return h(
    "ul",
    { class: "plain" },
    failures.map(({ id, at, functionName, errorType, message }) =>
      h(
        "li",
        { "data-key": id, class: "wrap" },
        badge(errorType, "bad"),
        " ",
        h("a", { href: logsOf(functionName) }, functionName),
        `: ${message} `,
        h("span", { class: "muted" }, time(at)),
      ),
    ),
  );
}

function servedBy({ functionName, servedBy: server }: RequestView): Child {
  if (functionName !== undefined) return h("a", { href: logsOf(functionName) }, functionName);
  return server ?? h("span", { class: "muted" }, "–");
}

function logsOf(functionName: string): string {
  return addressOf("logs", { group: `/aws/lambda/${functionName}` });
}

function toneOf(status: number | undefined): Tone {
  if (status === undefined || status >= 500) return "bad";
  if (status >= 400) return "warning";
  return status >= 300 ? "accent" : "good";
}
