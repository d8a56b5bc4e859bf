import type { AlarmView, GraphView, NumbersView, WidgetContent } from "../../cloudwatch-views.ts";
import { metricChart } from "../charts/metric-chart.ts";
import { formatNumber, formatQuantity, summarize } from "../charts/numbers.ts";
import { type Child, h } from "../dom.ts";
import { formatSeconds, plural } from "../format.ts";
import { type Block, type Inline, parseMarkdown } from "../markdown.ts";
import { badge, type Tone, table, time } from "../parts.ts";

interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export function widget(content: WidgetContent, range: TimeRange): HTMLElement {
  switch (content.kind) {
    case "text":
      return h("div", { class: "text" }, parseMarkdown(content.markdown).map(markdownBlock));
    case "alarms":
      return box(content.title, alarmStates(content.alarms));
    case "numbers":
      return box(content.title, numbers(content), unavailable(content.unavailable));
    case "graph":
      return graph(content, range);
    case "problem":
      return box(content.title, h("p", { class: "muted" }, content.message));
  }
}

function box(title: string, ...children: readonly Child[]): HTMLElement {
  return h("section", { class: "card chart", "aria-label": title }, h("h3", {}, title), ...children);
}

function graph(view: GraphView, range: TimeRange): HTMLElement {
  const { title, unit, lines, unavailable: missing, period, configuredPeriod } = view;
  const onAws = configuredPeriod === period ? "" : ` (${formatSeconds(configuredPeriod)} on AWS)`;
  const points = `each point: ${formatSeconds(period)}${onAws}`;
  const hasData = lines.some(({ values }) => values.some((value) => value !== null));
  return box(
    title,
    h("p", { class: "unit muted" }, [unit, points].filter(Boolean).join(" · ")),
    hasData ? metricChart({ ...view, ...range }) : h("p", { class: "no-data muted" }, "No data in this time range."),
    unavailable(missing),
    hasData && values(view),
  );
}

/** The text alternative of a chart. */
function values({ title, unit, lines }: GraphView): HTMLElement {
  const rows = lines.map(({ label, values: all }) => ({ label, ...summarize(all) }));
  type Row = (typeof rows)[number];
  const column = (label: string, value: (row: Row) => number | undefined) => ({
    label,
    numeric: true,
    cell: (row: Row) => formatQuantity(value(row), unit),
  });
  return h(
    "details",
    { class: "values" },
    h("summary", {}, "Values"),
    table(
      rows,
      [
        { label: "Line", cell: ({ label }) => label },
        column("Latest", ({ latest }) => latest),
        column("Minimum", ({ minimum }) => minimum),
        column("Maximum", ({ maximum }) => maximum),
      ],
      { label: `Values of ${title}`, key: ({ label }) => label },
    ),
  );
}

function numbers({ numbers: all }: NumbersView): HTMLElement {
  return h(
    "dl",
    { class: "numbers" },
    all.map(({ label, value }) =>
      h("div", {}, h("dd", {}, value === null ? "–" : formatNumber(value)), h("dt", {}, label)),
    ),
  );
}

function unavailable(metrics: readonly string[]): Child {
  return metrics.length > 0 && h("p", { class: "muted" }, `Not available on this machine: ${metrics.join(", ")}.`);
}

const STATES: Readonly<Record<AlarmView["state"], { readonly text: string; readonly tone: Tone }>> = {
  ALARM: { text: "in alarm", tone: "bad" },
  INSUFFICIENT_DATA: { text: "insufficient data", tone: "neutral" },
  OK: { text: "OK", tone: "good" },
};

/** Alarms that need attention first, then the others on demand. */
function alarmStates(alarms: readonly AlarmView[]): Child {
  if (alarms.length === 0) return h("p", { class: "muted" }, "No alarm exists.");
  const byState = (state: AlarmView["state"]) => alarms.filter((alarm) => alarm.state === state);
  const others = [...byState("INSUFFICIENT_DATA"), ...byState("OK")];
  return [
    h(
      "p",
      { class: "states" },
      (Object.keys(STATES) as AlarmView["state"][])
        .map((state) => ({ ...STATES[state], count: byState(state).length }))
        .filter(({ count }) => count > 0)
        .map(({ text, tone, count }) => badge(`${count} ${text}`, tone)),
    ),
    byState("ALARM").map(alarmItem),
    others.length > 0 &&
      h(
        "details",
        { class: "values" },
        h("summary", {}, plural(others.length, "other alarm")),
        h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Other alarms" }, others.map(alarmItem)),
      ),
  ];
}

function alarmItem({ name, description, state, since, reason }: AlarmView): HTMLElement {
  const [text, ...details] = description.split("\n");
  return h(
    "div",
    { class: "alarm", "data-key": name },
    h("p", {}, badge(STATES[state].text, STATES[state].tone), " ", h("span", { class: "strong" }, text || name)),
    h("p", { class: "muted" }, name, " · ", time(since), state === "ALARM" && ` · ${reason}`),
    details.map((line) => h("p", { class: "muted" }, linked(line))),
  );
}

/** Text in which addresses are links. */
function linked(text: string): Child[] {
  return text.split(/(https?:\/\/\S+)/).map((part, index) => (index % 2 === 1 ? outerLink(part, part) : part));
}

function outerLink(text: string, url: string): HTMLElement {
  return h("a", { href: url, target: "_blank", rel: "noreferrer" }, text);
}

function markdownBlock(block: Block): HTMLElement {
  switch (block.kind) {
    case "heading":
      return h("h2", {}, block.content.map(markdownInline));
    case "paragraph":
      return h("p", {}, block.content.map(markdownInline));
    case "list":
      return h(
        "ul",
        { class: "plain" },
        block.items.map((item) => h("li", {}, item.map(markdownInline))),
      );
  }
}

function markdownInline(part: Inline): Child {
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return h("code", {}, part.text);
    case "strong":
      return h("strong", {}, part.text);
    case "link":
      return outerLink(part.text, part.url);
  }
}
