import dagre from "@dagrejs/dagre";
import type { StackGraph } from "../deploy/graph.ts";
import type { Box, Point } from "./svg.ts";
import { SYSTEMS, type System, systemOf } from "./systems.ts";

export interface StackLayout {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly { readonly system: System; readonly box: Box }[];
  readonly cards: readonly { readonly stack: string; readonly box: Box }[];
  readonly arrows: readonly RoutedArrow[];
}

export interface Arrow {
  /** The stack whose outputs are read. */
  readonly from: string;
  readonly to: string;
  readonly outputs: readonly string[];
}

export interface RoutedArrow extends Arrow {
  /** From the right edge of one card, around the cards between, to the left edge of the other. */
  readonly points: readonly Point[];
}

const CARD = { width: 98, height: 36 };
const MARGIN = 20;
/** Space between a frame and its cards; the title is above them. */
const PADDING = { side: 10, top: 28, bottom: 12 };

/** Lays out the stacks from left to right in the order of deployment, with a frame around those of each system. */
export function layOutStacks({ stacks, edges }: StackGraph): StackLayout {
  const reads = edges.filter(({ outputs }) => outputs.length > 0);
  const arrows = withoutImplied(
    reads
      .map(({ from, to, outputs }): Arrow => ({ from: to, to: from, outputs }))
      .toSorted((a, b) => compare(a.from, b.from) || compare(a.to, b.to)),
  );
  const systems = SYSTEMS.filter((system) => stacks.some((stack) => systemOf(stack) === system));
  const graph = new dagre.graphlib.Graph({ compound: true });
  graph.setGraph({ rankdir: "LR", nodesep: 28, ranksep: 22, edgesep: 14, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name } of systems) graph.setNode(frameId(name), {});
  for (const stack of stacks) {
    graph.setNode(stack, { ...CARD });
    graph.setParent(stack, frameId(systemOf(stack).name));
  }
  for (const { from, to } of arrows) graph.setEdge(from, to);
  dagre.layout(graph);

  const cards = stacks.map((stack) => ({ stack, box: boxOf(graph.node(stack)) }));
  const frames = systems.map((system) => {
    const inside = cards.filter(({ stack }) => systemOf(stack) === system);
    return { system, box: frameAround(inside.map(({ box }) => box)) };
  });
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    frames,
    cards,
    arrows: route(arrows, cards, (from, to) => graph.edge(from, to).points ?? []),
  };
}

/** A frame's node; no stack's name has a `#`. */
const frameId = (system: System["name"]): string => `#${system}`;

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function frameAround(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x)) - PADDING.side;
  const y = Math.min(...boxes.map((box) => box.y)) - PADDING.top;
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + PADDING.side;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + PADDING.bottom;
  return { x, y, width: right - x, height: bottom - y };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Without the arrows that a path of other arrows implies. */
function withoutImplied(arrows: readonly Arrow[]): Arrow[] {
  const next = (stack: string) => arrows.filter(({ from }) => from === stack).map(({ to }) => to);
  const reaches = (from: string, to: string): boolean => from === to || next(from).some((stack) => reaches(stack, to));
  return arrows.filter(({ from, to }) => !next(from).some((other) => other !== to && reaches(other, to)));
}

/**
 * Distributes the ends of the arrows evenly over the edges of the cards, and keeps them level where they pass a column
 * of cards.
 */
function route(
  arrows: readonly Arrow[],
  cards: StackLayout["cards"],
  pointsOf: (from: string, to: string) => readonly Point[],
): RoutedArrow[] {
  const boxes = new Map(cards.map(({ stack, box }) => [stack, box]));
  const boxOfStack = (stack: string): Box => boxes.get(stack) ?? { x: 0, y: 0, ...CARD };
  const centerOf = (stack: string): number => boxOfStack(stack).y + CARD.height / 2;
  const routed = arrows.map((arrow) => {
    const bends = pointsOf(arrow.from, arrow.to).slice(1, -1);
    return { ...arrow, passed: bends.flatMap((bend) => passColumn(bend, cards)) };
  });
  return routed.map((arrow) => {
    const leaving = routed
      .filter(({ from }) => from === arrow.from)
      .toSorted((a, b) => (a.passed[0]?.y ?? centerOf(a.to)) - (b.passed[0]?.y ?? centerOf(b.to)));
    const arriving = routed
      .filter(({ to }) => to === arrow.to)
      .toSorted((a, b) => (a.passed.at(-1)?.y ?? centerOf(a.from)) - (b.passed.at(-1)?.y ?? centerOf(b.from)));
    const [from, to] = [boxOfStack(arrow.from), boxOfStack(arrow.to)];
    const start = { x: from.x + from.width, y: spread(from, leaving.indexOf(arrow), leaving.length) };
    const end = { x: to.x - 2, y: spread(to, arriving.indexOf(arrow), arriving.length) };
    return { from: arrow.from, to: arrow.to, outputs: arrow.outputs, points: [start, ...arrow.passed, end] };
  });
}

function spread({ y, height }: Box, index: number, count: number): number {
  return y + (height * (index + 1)) / (count + 1);
}

/** Where an arrow enters and leaves the column of cards that a bend is in; nothing for a bend between two columns. */
function passColumn({ x, y }: Point, cards: StackLayout["cards"]): Point[] {
  const column = cards.find(({ box }) => box.x <= x && x <= box.x + box.width)?.box;
  if (!column) return [];
  return [
    { x: column.x, y },
    { x: column.x + column.width, y },
  ];
}
