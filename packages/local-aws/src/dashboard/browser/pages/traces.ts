import type { TracesView, TraceView } from "../../trace-views.ts";
import { addressOf } from "../address.ts";
import { type Child, h } from "../dom.ts";
import { formatClock, formatCount, formatDuration, plural } from "../format.ts";
import { badge, choice, empty, link, search, table, toggle } from "../parts.ts";
import { serviceMap } from "../traces/service-map.ts";
import { statusBadge } from "../traces/status.ts";
import { traceDetail } from "../traces/trace-detail.ts";
import type { PageView } from "./page-view.ts";

export const traces: PageView<TracesView> = {
  title: "Traces",
  summary: "Requests on their way through functions, services and databases.",
  tools: ({ services }, query) => [
    search("Search: words, or responsetime > 1", query.get("q")),
    choice("Service", "service", query.get("service"), [
      { value: "", label: "All services" },
      ...services.map((name) => ({ value: name, label: name })),
    ]),
    toggle("Only errors", "failed", query),
  ],
  render(view, query) {
    if (view.selected) return traceDetail(view.selected);
    return h("div", {}, views(query), view.matching === 0 ? nothing(view) : (overviewOf(view) ?? list(view)));
  },
};

function overviewOf({ map }: TracesView): HTMLElement | undefined {
  return map && serviceMap(map);
}

/** The list and the map of the same traces. */
function views(query: URLSearchParams): HTMLElement {
  const isMap = query.get("view") === "map";
  const view = (label: string, name: string | undefined, isCurrent: boolean) =>
    link({ view: name }, { class: "button", ...(isCurrent && { "aria-current": "page" }) }, label);
  return h(
    "nav",
    { class: "views", "aria-label": "Views" },
    view("List", undefined, !isMap),
    view("Service map", "map", isMap),
  );
}

function nothing({ total }: TracesView): HTMLElement {
  return total > 0
    ? empty(
        "No trace matches",
        link({ q: undefined, service: undefined, failed: undefined }, {}, "Show all traces"),
        ".",
      )
    : empty(
        "No trace was recorded yet",
        "Invoke a function with active tracing, for example with a request from the ",
        h("a", { href: addressOf("overview") }, "overview"),
        ".",
      );
}

function list({ traces: all, matching, total }: TracesView): HTMLElement {
  const count =
    all.length < matching
      ? `The last ${formatCount(all.length)} of ${plural(matching, "trace")}; search to see the others.`
      : `${formatCount(matching)} of ${plural(total, "trace")}`;
  return h(
    "div",
    {},
    table(
      all,
      [
        { label: "Time", cell: ({ at }) => h("span", { class: "mono muted" }, formatClock(at)) },
        { label: "Status", cell: status },
        { label: "Request", cell: request },
        { label: "Duration", numeric: true, cell: ({ milliseconds }) => formatDuration(milliseconds) },
        { label: "Services", cell: ({ services }) => h("span", { class: "muted wrap" }, services.join(", ")) },
      ],
      { label: "Traces", key: ({ id }) => id },
    ),
    h("p", { class: "count" }, count),
  );
}

function request({ id, name, annotations }: TraceView): Child {
  return [
    link({ trace: id }, { class: "strong wrap" }, name),
    annotations !== "" && h("span", { class: "mono muted block wrap" }, annotations),
  ];
}

function status({ status: result, httpStatus }: TraceView): HTMLElement {
  if (httpStatus === undefined || result === "in progress") return statusBadge(result);
  const tone = httpStatus >= 500 || result === "fault" ? "bad" : httpStatus >= 400 ? "warning" : "good";
  return badge(String(httpStatus), tone);
}
