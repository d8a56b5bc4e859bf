import uPlot from "uplot";
import type { GraphView } from "../../cloudwatch-views.ts";
import { cssColor, lineStyle } from "./colors.ts";
import { axisEnd, formatNumber, isolated } from "./numbers.ts";

const HEIGHT = 170;
const X_AXIS_HEIGHT = 28;
const Y_AXIS_WIDTH = 52;
const TICK_SPACE = 70;
/** The cursors of all charts of the page move together. */
const CURSORS = "dashboard";
const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" });
const FONT = "12px system-ui, sans-serif";

/** What a chart draws in a time range. */
export interface PlottedGraph extends GraphView {
  readonly from: number;
  readonly to: number;
}

export interface PlotOptions {
  readonly width: number;
  /** Called with the index of the period under the cursor, or null when it leaves. */
  readonly onCursor: (index: number | null) => void;
}

/** Draws a graph into an element. The element is decoration; its text alternative is elsewhere. */
export function createPlot(graph: PlottedGraph, target: HTMLElement, { width, onCursor }: PlotOptions): uPlot {
  const grid = { stroke: cssColor("border"), width: 1 };
  const axis = { stroke: cssColor("muted"), font: FONT, grid, ticks: { show: false } };
  const options: uPlot.Options = {
    width,
    height: HEIGHT,
    ms: 1,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: { y: false, sync: { key: CURSORS }, drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: true }, y: { range: (_, __, highest) => [0, highest ?? 1] } },
    axes: [
      { ...axis, size: X_AXIS_HEIGHT, space: TICK_SPACE, values: (_, splits) => splits.map((at) => time.format(at)) },
      { ...axis, size: Y_AXIS_WIDTH, values: (_, splits) => splits.map(formatNumber) },
    ],
    series: [{}, ...graph.lines.map(({ label }, index) => lineOptions(label, index))],
    hooks: {
      setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)],
      draw: [(plot) => drawThresholds(plot, graph)],
    },
  };
  const plot = new uPlot(options, undefined, target);
  updatePlot(plot, graph);
  return plot;
}

/** Replaces the values of a plot. */
export function updatePlot(plot: uPlot, { starts, lines, thresholds, maximum, from, to }: PlottedGraph): void {
  const end = axisEnd(
    lines.flatMap(({ values }) => values),
    thresholds.map(({ value }) => value),
    maximum,
  );
  plot.batch(() => {
    plot.setData([[...starts], ...lines.map(({ values }) => [...values])], false);
    plot.setScale("x", { min: from, max: to });
    plot.setScale("y", { min: 0, max: end });
  });
}

function lineOptions(label: string, index: number): uPlot.Series {
  const { color, dash } = lineStyle(index);
  const stroke = cssColor(`line-${color}`);
  return {
    label,
    stroke,
    width: 1.5,
    ...(dash && { dash: [...dash] }),
    points: {
      show: true,
      size: 6,
      stroke,
      fill: stroke,
      filter: (plot, series) => isolated(Array.from(plot.data[series] ?? [])),
    },
  };
}

function drawThresholds({ ctx, bbox, valToPos, scales }: uPlot, { thresholds }: GraphView): void {
  ctx.save();
  ctx.strokeStyle = cssColor("bad");
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const { value } of thresholds) {
    if (value > (scales.y?.max ?? 0)) continue;
    const y = Math.round(valToPos(value, "y", true));
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}
