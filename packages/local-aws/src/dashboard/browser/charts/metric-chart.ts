import type uPlot from "uplot";
import { h } from "../dom.ts";
import type { SelfUpdating } from "../morph.ts";
import { lineStyle, onSchemeChange } from "./colors.ts";
import { formatQuantity, summarize } from "./numbers.ts";
import { createPlot, type PlottedGraph, updatePlot } from "./plot.ts";

const NAME = "metric-chart";
const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** A graph: the drawing, and a legend with the newest values, or those under the cursor. */
class MetricChart extends HTMLElement implements SelfUpdating {
  graph: PlottedGraph | undefined;
  readonly #drawing = h("div", { class: "drawing", "aria-hidden": "true" });
  readonly #legend = h("div", { class: "legend" });
  #plot: uPlot | undefined;
  #cursor: number | null = null;
  #disconnect = (): void => {};

  connectedCallback(): void {
    this.replaceChildren(this.#drawing, this.#legend);
    const resized = new ResizeObserver(() => this.#fit());
    resized.observe(this.#drawing);
    const unwatch = onSchemeChange(() => this.#draw());
    this.#disconnect = () => {
      resized.disconnect();
      unwatch();
    };
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  /** Shows the graph of another element, which is not in the document. */
  updateFrom(other: Element): void {
    if (!(other instanceof MetricChart) || !other.graph) return;
    const before = this.graph;
    this.graph = other.graph;
    const isSameShape = before !== undefined && shapeOf(before) === shapeOf(other.graph);
    if (!this.#plot || !isSameShape) this.#draw();
    else {
      updatePlot(this.#plot, other.graph);
      this.#writeLegend();
    }
  }

  #draw(): void {
    if (!this.graph || !this.isConnected) return;
    this.#plot?.destroy();
    this.#plot = createPlot(this.graph, this.#drawing, {
      width: this.#drawing.clientWidth,
      onCursor: (index) => {
        this.#cursor = index;
        this.#writeLegend();
      },
    });
    this.#writeLegend();
  }

  #fit(): void {
    const width = this.#drawing.clientWidth;
    if (this.#plot && width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height: this.#plot.height });
  }

  #writeLegend(): void {
    if (!this.graph) return;
    const { lines, thresholds, starts, unit } = this.graph;
    const at = this.#cursor === null ? undefined : starts[this.#cursor];
    const entries = lines.map(({ label, values }, index) => {
      const value = this.#cursor === null ? summarize(values).latest : values[this.#cursor];
      return h(
        "li",
        {},
        swatch(index),
        `${label} `,
        h("b", {}, value === undefined || value === null ? "–" : formatQuantity(value, unit)),
      );
    });
    const limits = thresholds.map(({ label }) => h("li", {}, h("span", { class: "swatch threshold" }), label));
    this.#legend.replaceChildren(
      h("ul", {}, entries, limits),
      h("p", { class: "at muted" }, at === undefined ? "" : time.format(at)),
    );
  }
}

customElements.define(NAME, MetricChart);

export function metricChart(graph: PlottedGraph): HTMLElement {
  const chart = new MetricChart();
  chart.graph = graph;
  return chart;
}

function swatch(index: number): HTMLElement {
  const { color, dash } = lineStyle(index);
  return h("span", { class: `swatch line-${color}${dash ? " dashed" : ""}` });
}

/** What a plot cannot change. */
function shapeOf({ lines, thresholds }: PlottedGraph): string {
  return JSON.stringify([lines.map(({ label }) => label), thresholds]);
}
