import type { StackGraph } from "../deploy/graph.ts";
import { roomOf } from "./rooms.ts";
import { type Arrow, layOutStacks, type PlacedRoom, type StackLayout } from "./stack-layout.ts";
import { at, type Box, box, drawing, element, path, type Svg, text, titled } from "./svg.ts";

const MARGIN = 32;
const CARD = { width: 128, height: 38 };
/** Between cards: room for the curves, and for a line that passes. */
const GAP = { column: 64, row: 22 };
const ROOM = { side: 16, above: 34, below: 18 };
/** Between rooms that stand below one another. */
const BETWEEN = 26;
const FOOT = 50;

/** The stacks as rooms by system, and the arrows from each to those that read its outputs. */
export function drawStacks(graph: StackGraph): Svg {
  const layout = layOutStacks(graph);
  const grid = new Grid(layout);
  const caption =
    "An arrow leads from a stack to one that reads its outputs; those that follow from others are left out. Deployed from left to right.";
  return drawing(grid.width, grid.height, "The stacks of nv-demo and which reads the outputs of which", [
    ...layout.rooms.map((room) => drawRoom(room, grid)),
    ...layout.arrows.map((arrow) => drawArrow(arrow, layout, grid)),
    ...layout.places.map(({ stack }) => drawCard(stack, grid)),
    text("small", MARGIN, grid.height - 20, caption),
  ]);
}

/** Cells in pixels. */
class Grid {
  readonly width: number;
  readonly height: number;
  readonly #layout: StackLayout;

  constructor(layout: StackLayout) {
    this.#layout = layout;
    const columns = Math.max(...layout.places.map(({ column }) => column)) + 1;
    const bottom = Math.max(...layout.rooms.map((room) => this.room(room)).map(({ y, height }) => y + height));
    this.width = 2 * (MARGIN + ROOM.side) + columns * (CARD.width + GAP.column) - GAP.column;
    this.height = bottom + FOOT;
  }

  card(stack: string): Box {
    const place = this.#layout.places.find((one) => one.stack === stack);
    if (!place) throw new Error(`${stack} has no place`);
    return { x: this.#x(place.column), y: this.#y(place.row), ...CARD };
  }

  room({ columns: [first, last], rows: [top, end] }: PlacedRoom): Box {
    const [x, y] = [this.#x(first) - ROOM.side, this.#y(top) - ROOM.above];
    return {
      x,
      y,
      width: this.#x(last) + CARD.width + ROOM.side - x,
      height: this.#y(end) + CARD.height + ROOM.below - y,
    };
  }

  /** Where a line from one card to another passes those between them: above the rooms of the one that is lower, or else below its row. */
  channel({ from, to }: Arrow): number {
    const room = (stack: string) => this.#layout.rooms.find((one) => one.room === roomOf(stack));
    const [source, target] = [room(from), room(to)];
    if (source && target && target.band > source.band) return this.room(target).y - BETWEEN / 2;
    const { y, height } = this.card(from);
    return y + height + GAP.row / 2;
  }

  #x(column: number): number {
    return MARGIN + ROOM.side + column * (CARD.width + GAP.column);
  }

  #y(row: number): number {
    const band = this.#layout.rooms.find(({ rows: [top, end] }) => row >= top && row <= end)?.band ?? 0;
    const bands = MARGIN + ROOM.above + band * (ROOM.above + ROOM.below + BETWEEN - GAP.row);
    return bands + row * (CARD.height + GAP.row);
  }
}

function drawRoom(placed: PlacedRoom, grid: Grid): Svg {
  const frame = grid.room(placed);
  const { name, title } = placed.room;
  return element(
    "g",
    { class: name },
    box("room", frame, 12),
    text("label", frame.x + ROOM.side, frame.y + 21, title.toUpperCase()),
  );
}

function drawCard(stack: string, grid: Grid): Svg {
  const card = grid.card(stack);
  return element(
    "g",
    { class: roomOf(stack).name },
    box("card", card),
    box("bar", { x: card.x, y: card.y + 9, width: 3, height: card.height - 18 }, 1.5),
    text("name", card.x + card.width / 2, card.y + card.height / 2 + 4.5, stack, "middle"),
  );
}

function drawArrow(arrow: Arrow, { arrows, places }: StackLayout, grid: Grid): Svg {
  const [from, to] = [grid.card(arrow.from), grid.card(arrow.to)];
  const leaving = arrows.filter((one) => one.from === arrow.from).toSorted(byHeight((one) => grid.card(one.to)));
  const coming = arrows.filter((one) => one.to === arrow.to).toSorted(byHeight((one) => grid.card(one.from)));
  const start = { x: from.x + from.width, y: port(from, leaving.indexOf(arrow), leaving.length) };
  const end = { x: to.x - 2, y: port(to, coming.indexOf(arrow), coming.length) };
  const columnOf = (stack: string) => places.find((place) => place.stack === stack)?.column ?? 0;
  const isLong = columnOf(arrow.to) - columnOf(arrow.from) > 1;
  const d = isLong ? along(start, end, grid.channel(arrow)) : `M${at(start.x, start.y)}${curve(start, end)}`;
  return titled(`${arrow.to} reads of ${arrow.from}: ${arrow.outputs.join(", ")}`, path("wire", d, "arrow"));
}

const byHeight = (card: (arrow: Arrow) => Box) => (a: Arrow, b: Arrow) => card(a).y - card(b).y;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Arrows share a side of a card evenly. */
function port({ y, height }: Box, index: number, count: number): number {
  return y + (height * (index + 1)) / (count + 1);
}

/** From where the pen is, level at both ends. */
function curve(start: Point, end: Point): string {
  const middle = (start.x + end.x) / 2;
  return `C${at(middle, start.y)} ${at(middle, end.y)} ${at(end.x, end.y)}`;
}

/** By a gap between rows, so that no card is crossed. */
function along(start: Point, end: Point, y: number): string {
  const [enter, leave] = [
    { x: start.x + GAP.column * 0.75, y },
    { x: end.x - GAP.column * 0.75, y },
  ];
  return `M${at(start.x, start.y)}${curve(start, enter)}L${at(leave.x, leave.y)}${curve(leave, end)}`;
}
