import type { DashboardDetailView, DashboardsView, WidgetView } from "../../cloudwatch-views.ts";
import { addressOf } from "../address.ts";
import { type Child, h } from "../dom.ts";
import { formatSeconds } from "../format.ts";
import { empty, link } from "../parts.ts";
import type { PageView } from "./page-view.ts";
import { widget } from "./widgets.ts";

export const dashboards: PageView<DashboardsView> = {
  title: "Dashboards",
  summary: "Dashboards of CloudWatch with the metrics of this machine.",
  tools: ({ ranges, range }) => [
    tabs(
      "Time range",
      ranges.map((seconds) => ({
        label: formatSeconds(seconds),
        changes: { range: String(seconds) },
        isCurrent: seconds === range,
      })),
    ),
  ],
  render({ dashboards: names, selected }) {
    if (!selected) {
      return empty(
        "There is no dashboard",
        "Those of the type ",
        h("code", {}, "aws_cloudwatch_dashboard"),
        " appear here when they are deployed.",
      );
    }
    return h(
      "div",
      { class: "stack" },
      names.length > 1 &&
        tabs(
          "Dashboards",
          names.map((name) => ({ label: name, changes: { dashboard: name }, isCurrent: name === selected.name })),
        ),
      isUnused(selected) && noData(),
      h("div", { class: "widgets", "data-key": selected.name }, selected.widgets.map(placed(selected))),
    );
  },
};

interface Tab {
  readonly label: string;
  readonly changes: Readonly<Record<string, string>>;
  readonly isCurrent: boolean;
}

function tabs(label: string, all: readonly Tab[]): HTMLElement {
  const current = (isCurrent: boolean): Readonly<Record<string, string>> =>
    isCurrent ? { "aria-current": "true" } : {};
  return h(
    "nav",
    { class: "tabs", "aria-label": label },
    all.map((tab) => link(tab.changes, { class: "tab", ...current(tab.isCurrent) }, tab.label)),
  );
}

function placed({ from, to }: DashboardDetailView) {
  return (one: WidgetView, index: number): Child =>
    h(
      "div",
      { class: "widget", "data-key": `${index} ${one.content.kind}`, "data-width": one.width, "data-x": one.x },
      widget(one.content, { from, to }),
    );
}

/** Whether most graphs have no data. Some have from the start, because resources publish their state unused. */
function isUnused({ widgets }: DashboardDetailView): boolean {
  const graphs = widgets.flatMap(({ content }) => (content.kind === "graph" ? content : []));
  const withData = graphs.filter(({ lines }) => lines.some(({ values }) => values.some((value) => value !== null)));
  return withData.length < graphs.length / 2;
}

function noData(): HTMLElement {
  return empty(
    "Most graphs have no data yet",
    "Send a request: the ",
    h("a", { href: addressOf("overview") }, "overview"),
    " has examples. Metrics are kept in memory for three hours, and end with the deployment.",
  );
}
