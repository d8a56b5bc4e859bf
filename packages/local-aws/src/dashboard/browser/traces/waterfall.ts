import type { SpanView } from "../../trace-views.ts";
import { h, svg } from "../dom.ts";
import { formatDuration, valueText } from "../format.ts";
import { code, facts, snippet } from "../parts.ts";
import { statusBadge, TONES } from "./status.ts";

/** Deeper ones are not indented further. */
const MAX_INDENT = 8;
const TICKS = 4;

/** Each segment and subsegment on a line with its time on a common scale; open one for its details. */
export function waterfall(spans: readonly SpanView[], total: number): HTMLElement {
  return h(
    "div",
    { class: "waterfall", role: "group", "aria-label": "Segments and subsegments" },
    h("div", { class: "span-scale", "aria-hidden": "true" }, h("span", {}), h("span", {}), scale(total)),
    spans.map((span) => row(span, total)),
  );
}

function scale(total: number): HTMLElement {
  const ticks = Array.from({ length: TICKS + 1 }, (_, tick) => (total * tick) / TICKS);
  return h(
    "div",
    { class: "ticks" },
    ticks.map((milliseconds) => h("span", {}, shortDuration(milliseconds))),
  );
}

function row(span: SpanView, total: number): HTMLElement {
  const { id, depth, name, type, isSegment, milliseconds, status, summary } = span;
  return h(
    "details",
    { class: "span", "data-key": id },
    h(
      "summary",
      {},
      h(
        "span",
        { class: `span-name indent-${Math.min(depth, MAX_INDENT)}` },
        h("span", { class: isSegment ? "strong" : "" }, name),
        h("span", { class: "muted" }, ` ${[type, summary].filter(Boolean).join(" · ")}`),
      ),
      h(
        "span",
        { class: "span-time" },
        status === "ok" ? "" : statusBadge(status),
        h("span", { class: "mono" }, shortDuration(milliseconds)),
      ),
      bar(span, total),
    ),
    more(span),
  );
}

function bar({ offset, milliseconds, isSegment, status }: SpanView, total: number): SVGElement {
  const percent = (part: number) => `${total === 0 ? 0 : ((part / total) * 100).toFixed(3)}%`;
  return svg(
    "svg",
    { class: `span-bar ${isSegment ? "segment" : ""} ${TONES[status]}`, "aria-hidden": "true" },
    svg("rect", { x: percent(offset), y: 3, width: percent(milliseconds), height: 10, rx: 2 }),
  );
}

function more({ type, offset, milliseconds, status, exceptions, annotations, data, summary }: SpanView): HTMLElement {
  return h(
    "div",
    { class: "span-more" },
    facts([
      ...(type === undefined ? [] : [["Type", code(type)] as const]),
      ["Status", statusBadge(status)],
      ["Time", `${formatDuration(milliseconds)}, ${formatDuration(offset)} after the start`],
      ...(summary === "" ? [] : [["Summary", code(summary)] as const]),
      ...exceptions.map((exception) => ["Exception", h("span", { class: "bad-text wrap" }, exception)] as const),
      ...Object.entries(annotations).map(([key, value]) => [key, code(String(value))] as const),
    ]),
    Object.entries(data).map(([name, value]) =>
      h("div", {}, h("p", { class: "label" }, name), snippet(valueText(value), name)),
    ),
  );
}

/** One digit after the point below 10 ms, since most subsegments are short. */
function shortDuration(milliseconds: number): string {
  return milliseconds > 0 && milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : formatDuration(milliseconds);
}
