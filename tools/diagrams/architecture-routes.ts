import type { ArchitectureEdge, ArchitectureNode } from "./architecture.ts";
import { MARK_SIZE } from "./marks.ts";
import type { Box, Point } from "./svg.ts";

export interface PlacedNode {
  readonly node: ArchitectureNode;
  /** The center of its mark. */
  readonly center: Point;
  /** Its mark and label. */
  readonly box: Box;
}

export interface RoutedEdge {
  readonly edge: ArchitectureEdge;
  /** Horizontal and vertical by turns, beginning horizontally. */
  readonly points: readonly Point[];
}

/** Space between a mark and the end of a line. */
const DISTANCE = 3;
/** Between two lines into the same side of a mark. */
const PORT_PITCH = 9;
const STRAIGHT = 14;
/** Lines of different sources are at least this far from each other. */
const CLEARANCE = 5;
/** Between a column of labels and a line. */
const LABEL_HALF_WIDTH = 43;

interface Run {
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly from: string;
}

/** A route whose vertical parts are in the spaces between the columns, which have no positions yet. */
interface Plan {
  readonly edge: ArchitectureEdge;
  /** Of the horizontal parts, from the first to the last. */
  readonly levels: readonly number[];
  /** The spaces, by the number of the column on their left, in which the levels change. */
  readonly gaps: readonly number[];
}

/**
 * Routes edges around the nodes. The lines from one node share a trunk, and lines from different nodes share no part,
 * so every line can be followed.
 */
export function routeEdges(edges: readonly ArchitectureEdge[], nodes: readonly PlacedNode[]): RoutedEdge[] {
  const columns = [...new Set(nodes.map(({ center }) => Math.round(center.x)))].toSorted((a, b) => a - b);
  const places = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const placeOf = (id: string): PlacedNode => {
    const placed = places.get(id);
    if (placed) return placed;
    throw new Error(`The edge leads to ${id}, which is not a node.`);
  };
  const ports = portsOf(edges, placeOf);
  const runs: Run[] = [];
  const length = ({ from, to }: ArchitectureEdge) =>
    Math.abs(placeOf(from).center.x - placeOf(to).center.x) + Math.abs(placeOf(from).center.y - placeOf(to).center.y);
  const plans = edges
    .toSorted((a, b) => length(a) - length(b))
    .map((edge) => planRoute(edge, { columns, nodes, placeOf, ports, runs }));
  const lanes = lanesOf(plans, columns, placeOf);
  return plans.map((plan) => ({ edge: plan.edge, points: pointsOf(plan, lanes, placeOf) }));
}

const sideOf = (from: PlacedNode, to: PlacedNode): 1 | -1 => (to.center.x >= from.center.x ? 1 : -1);

const outPort = (from: string, side: number): string => `${from} out ${side}`;
const inPort = (from: string, to: string): string => `${from} to ${to}`;

/** The heights at which lines leave and reach the marks: one for all that leave a side, and one for each that comes. */
function portsOf(edges: readonly ArchitectureEdge[], placeOf: (id: string) => PlacedNode): ReadonlyMap<string, number> {
  const sides = new Map<string, { readonly center: Point; readonly others: Map<string, number[]> }>();
  const add = (at: PlacedNode, side: number, port: string, other: PlacedNode) => {
    const key = `${at.node.id} ${side}`;
    const { others } = sides.get(key) ?? sides.set(key, { center: at.center, others: new Map() }).get(key) ?? {};
    others?.set(port, [...(others.get(port) ?? []), other.center.y]);
  };
  for (const { from, to } of edges) {
    const [source, target] = [placeOf(from), placeOf(to)];
    const side = sideOf(source, target);
    add(source, side, outPort(from, side), target);
    add(target, -side, inPort(from, to), source);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return new Map(
    [...sides.values()].flatMap(({ center, others }) => {
      const sorted = [...others].toSorted(([, a], [, b]) => mean(a) - mean(b));
      const pitch = Math.min(PORT_PITCH, (MARK_SIZE - 8) / Math.max(sorted.length - 1, 1));
      return sorted.map(([port], index) => [port, center.y + (index - (sorted.length - 1) / 2) * pitch] as const);
    }),
  );
}

interface Surroundings {
  readonly columns: readonly number[];
  readonly nodes: readonly PlacedNode[];
  placeOf(id: string): PlacedNode;
  readonly ports: ReadonlyMap<string, number>;
  /** The horizontal parts so far. */
  readonly runs: Run[];
}

function planRoute(edge: ArchitectureEdge, surroundings: Surroundings): Plan {
  const { columns, nodes, placeOf, ports, runs } = surroundings;
  const [source, target] = [placeOf(edge.from), placeOf(edge.to)];
  const side = sideOf(source, target);
  const [startX, endX] = [source.center.x, target.center.x];
  const [startY, endY] = [ports.get(outPort(edge.from, side)) ?? 0, ports.get(inPort(edge.from, edge.to)) ?? 0];
  const column = (x: number) => columns.indexOf(Math.round(x));
  const [first, last] = side === 1 ? [column(startX), column(endX) - 1] : [column(startX) - 1, column(endX)];
  const middleOf = (gap: number) => ((columns[gap] ?? 0) + (columns[gap + 1] ?? 0)) / 2;
  const run = (y: number, a: number, b: number): Run => ({
    y,
    left: Math.min(a, b),
    right: Math.max(a, b),
    from: edge.from,
  });
  const others = nodes.filter((node) => node !== source && node !== target);
  const isFree = ({ y, left, right, from }: Run) =>
    !others.some(
      ({ box }) => box.y - 2 < y && y < box.y + box.height + 2 && box.x < right && left < box.x + box.width,
    ) &&
    !runs.some((one) => one.from !== from && Math.abs(one.y - y) < CLEARANCE && one.left < right && left < one.right);

  // A line may leave a mark anywhere along its side, so a small difference in height needs no turn.
  const straight: readonly Plan[] = Math.abs(startY - endY) <= STRAIGHT ? [{ edge, levels: [endY], gaps: [] }] : [];
  const direct: readonly Plan[] = [
    { edge, levels: [startY, endY], gaps: [first] },
    { edge, levels: [startY, endY], gaps: [last] },
  ];
  const detours = channels(startY, endY, nodes).map(
    (y): Plan => ({ edge, levels: [startY, y, endY], gaps: [first, last] }),
  );
  const runsOf = ({ levels, gaps }: Plan): Run[] => {
    const stops = [startX, ...gaps.map(middleOf), endX];
    return levels.map((y, index) => run(y, stops[index] ?? 0, stops[index + 1] ?? 0));
  };
  const plan = [...straight, ...direct, ...detours].find((one) => runsOf(one).every(isFree)) ?? direct[0];
  if (!plan) throw new Error("There is no route.");
  runs.push(...runsOf(plan));
  return plan;
}

/** Heights for a detour: from half way between the ends to the edges of the diagram. */
function channels(startY: number, endY: number, nodes: readonly PlacedNode[]): number[] {
  const top = Math.min(...nodes.map(({ box }) => box.y)) - 12;
  const bottom = Math.max(...nodes.map(({ box }) => box.y + box.height)) + 12;
  const middle = (startY + endY) / 2;
  const heights = Array.from(
    { length: Math.floor((bottom - top) / CLEARANCE) + 1 },
    (_, index) => top + index * CLEARANCE,
  );
  return heights.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
}

const laneKey = (gap: number, from: string, side: number): string => `${gap} ${from} ${side}`;

/** The position of each trunk: in a space between two columns, each source has its own. */
function lanesOf(
  plans: readonly Plan[],
  columns: readonly number[],
  placeOf: (id: string) => PlacedNode,
): ReadonlyMap<string, number> {
  const users = new Map<number, Map<string, number>>();
  for (const { edge, gaps } of plans) {
    const [source, target] = [placeOf(edge.from), placeOf(edge.to)];
    for (const gap of gaps) {
      const inGap = users.get(gap) ?? new Map<string, number>();
      users.set(gap, inGap);
      inGap.set(laneKey(gap, edge.from, sideOf(source, target)), source.center.y);
    }
  }
  return new Map(
    [...users].flatMap(([gap, inGap]) => {
      const left = (columns[gap] ?? 0) + LABEL_HALF_WIDTH;
      const right = (columns[gap + 1] ?? 0) - LABEL_HALF_WIDTH;
      return [...inGap]
        .toSorted(([, a], [, b]) => a - b)
        .map(([key], index) => [key, left + ((index + 1) * (right - left)) / (inGap.size + 1)] as const);
    }),
  );
}

function pointsOf(
  { edge, levels, gaps }: Plan,
  lanes: ReadonlyMap<string, number>,
  placeOf: (id: string) => PlacedNode,
): Point[] {
  const [source, target] = [placeOf(edge.from), placeOf(edge.to)];
  const side = sideOf(source, target);
  const half = MARK_SIZE / 2 + DISTANCE;
  const turns = gaps.flatMap((gap, index) => {
    const x = lanes.get(laneKey(gap, edge.from, side)) ?? 0;
    return [
      { x, y: levels[index] ?? 0 },
      { x, y: levels[index + 1] ?? 0 },
    ];
  });
  return [
    { x: source.center.x + side * half, y: levels[0] ?? 0 },
    ...turns,
    { x: target.center.x - side * half, y: levels.at(-1) ?? 0 },
  ];
}
