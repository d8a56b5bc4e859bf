import type { StackGraph } from "../deploy/graph.ts";
import { ROOMS, type Room, roomOf } from "./rooms.ts";

/** Where a stack stands: a column for each step of a deployment, and a row in it. */
export interface Place {
  readonly stack: string;
  readonly column: number;
  readonly row: number;
}

/** A room and the cells that it takes. */
export interface PlacedRoom {
  readonly room: Room;
  readonly columns: readonly [first: number, last: number];
  readonly rows: readonly [first: number, last: number];
  /** Which band of rooms it stands in, from the top. */
  readonly band: number;
}

export interface Arrow {
  /** The stack that is read. */
  readonly from: string;
  readonly to: string;
  readonly outputs: readonly string[];
}

export interface StackLayout {
  readonly places: readonly Place[];
  readonly rooms: readonly PlacedRoom[];
  readonly arrows: readonly Arrow[];
}

/**
 * A place for every stack: as late as what reads it allows, so that arrows are short. Rooms stand side by side where their columns allow it; one that
 * nothing outside reads may move to the right for that.
 */
export function layOutStacks({ stacks, edges }: StackGraph): StackLayout {
  const reads = edges.filter(({ outputs }) => outputs.length > 0);
  const all = reads.map(({ from, to, outputs }): Arrow => ({ from: to, to: from, outputs }));
  const arrows = withoutImplied(all.toSorted((a, b) => compare(a.from, b.from) || compare(a.to, b.to)));
  const bands = bandsOf(footprints(stacks, columnsOf(stacks, arrows)));
  const tops = bands.map((_, band) => bands.slice(0, band).reduce((rows, above) => rows + tallest(above), 0));
  const rooms = bands.flatMap((prints, band) =>
    prints.map(({ room, first, last }): PlacedRoom => {
      const top = tops[band] ?? 0;
      return { room, columns: [first, last], rows: [top, top + tallest(prints) - 1], band };
    }),
  );
  const places = bands.flatMap((prints, band) =>
    prints.flatMap(({ cells }) => cells.map((cell) => ({ ...cell, row: cell.row + (tops[band] ?? 0) }))),
  );
  return { places, rooms, arrows };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Without the arrows that others lead to as well: what is left shows the same order. */
function withoutImplied(arrows: readonly Arrow[]): Arrow[] {
  const next = (stack: string) => arrows.filter(({ from }) => from === stack).map(({ to }) => to);
  const reaches = (from: string, to: string): boolean => from === to || next(from).some((stack) => reaches(stack, to));
  return arrows.filter(({ from, to }) => !next(from).some((other) => other !== to && reaches(other, to)));
}

function columnsOf(stacks: readonly string[], arrows: readonly Arrow[]): (stack: string) => number {
  const before = (stack: string) => arrows.filter(({ to }) => to === stack).map(({ from }) => from);
  const after = (stack: string) => arrows.filter(({ from }) => from === stack).map(({ to }) => to);
  const earliest = (stack: string): number => Math.max(0, ...before(stack).map((one) => earliest(one) + 1));
  const latest = (stack: string): number =>
    after(stack).length === 0 ? earliest(stack) : Math.min(...after(stack).map((one) => latest(one) - 1));
  const columns = new Map(stacks.map((stack) => [stack, latest(stack)]));
  return (stack) => columns.get(stack) ?? 0;
}

/** The cells of a room before it has its place among the others. */
interface Footprint {
  readonly room: Room;
  readonly first: number;
  readonly last: number;
  readonly cells: readonly Place[];
}

function footprints(stacks: readonly string[], column: (stack: string) => number): Footprint[] {
  const known = new Set(stacks.map((stack) => roomOf(stack)));
  return ROOMS.filter((room) => known.has(room)).map((room) => {
    const inside = room.stacks.filter((stack) => stacks.includes(stack));
    const cells = inside.map((stack, index) => {
      const above = inside.slice(0, index).filter((other) => column(other) === column(stack));
      return { stack, column: column(stack), row: above.length };
    });
    const columns = cells.map((cell) => cell.column);
    return { room, first: Math.min(...columns), last: Math.max(...columns), cells };
  });
}

/** Rooms in bands: each in the first band where it finds its columns free, or others further right. */
function bandsOf(prints: readonly Footprint[]): Footprint[][] {
  const end = Math.max(...prints.map(({ last }) => last));
  const bands: Footprint[][] = [];
  for (const print of prints) {
    const moves = Array.from({ length: end - print.last + 1 }, (_, by) => moved(print, by));
    const fitting = bands.map((band) => moves.find((one) => band.every((other) => isApart(one, other))));
    const band = fitting.findIndex((one) => one !== undefined);
    const place = fitting[band];
    if (place) bands[band]?.push(place);
    else bands.push([print]);
  }
  return bands;
}

const moved = (print: Footprint, by: number): Footprint => ({
  ...print,
  first: print.first + by,
  last: print.last + by,
  cells: print.cells.map((cell) => ({ ...cell, column: cell.column + by })),
});

const isApart = (one: Footprint, other: Footprint): boolean => one.last < other.first || one.first > other.last;

const tallest = (prints: readonly Footprint[]): number =>
  Math.max(...prints.flatMap(({ cells }) => cells.map(({ row }) => row + 1)));
