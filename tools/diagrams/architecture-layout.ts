import dagre from "@dagrejs/dagre";
import type { Architecture, ArchitectureEdge, ArchitectureNode } from "./architecture.ts";
import { type PlacedNode, type RoutedEdge, routeEdges } from "./architecture-routes.ts";
import { LINE_HEIGHT, wrapLabel } from "./labels.ts";
import { MARK_SIZE } from "./marks.ts";
import type { Place } from "./node-descriptions.ts";
import { straighten } from "./straighten.ts";
import type { Box, Point } from "./svg.ts";

export interface Frame {
  readonly place: Exclude<Place, "outside">;
  readonly box: Box;
}

export interface ArchitectureLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  /** From the outermost to the innermost. */
  readonly frames: readonly Frame[];
  readonly edges: readonly RoutedEdge[];
}

/** Room for a mark and its label. Labels may extend into the free space above the next mark. */
const NODE = { width: 84, height: 92 };
/** Between the columns, from the most comfortable to the narrowest. */
const RANK_SEPARATIONS = [44, 38, 32, 28, 24, 20, 16, 12];
/** GitHub shows a picture up to this width without making its text smaller. */
export const MAX_WIDTH = 830;
const MARGIN = 16;
/** Frames inside another frame. */
const INNER: Readonly<Record<Frame["place"], readonly Frame["place"][]>> = {
  cloud: ["vpc"],
  vpc: ["public", "private", "db"],
  public: [],
  private: [],
  db: [],
};
export const FRAME_TITLES: Readonly<Record<Frame["place"], string>> = {
  cloud: "AWS Cloud",
  vpc: "VPC",
  public: "Public subnets",
  private: "Private subnets",
  db: "Database subnets",
};
/** Space between a frame and what is in it; its title is above. */
const PADDING = { side: 8, top: 24, bottom: 9 };

/** Lays out an architecture from left to right: who calls on the left, what is called on the right. */
export function layOutArchitecture(architecture: Architecture): ArchitectureLayout {
  const layouts = RANK_SEPARATIONS.map((separation) => layOut(architecture, separation));
  const fitting = layouts.find(({ width }) => width <= MAX_WIDTH) ?? layouts.at(-1);
  if (fitting) return fitting;
  throw new Error("There is no layout.");
}

function layOut({ nodes, edges }: Architecture, separation: number): ArchitectureLayout {
  const centers = centersOf(nodes, edges, separation);
  const laidOut = nodes.map((node): PlacedNode => {
    const center = centers.get(node.id) ?? { x: 0, y: 0 };
    return { node, center, box: boxOf(node, center) };
  });
  const placed = straightened(laidOut, edges);
  const frames = framesAround(placed);
  const all = [...placed, ...frames].map(({ box }) => box);
  const [left, top] = [Math.min(...all.map(({ x }) => x)) - MARGIN, Math.min(...all.map(({ y }) => y)) - MARGIN];
  const routed = routeEdges(edges, placed);
  const movePoint = ({ x, y }: Point): Point => ({ x: x - left, y: y - top });
  const moveBox = (box: Box): Box => ({ ...box, ...movePoint(box) });
  return {
    width: Math.max(...all.map(({ x, width }) => x + width)) + MARGIN - left,
    height: Math.max(...all.map(({ y, height }) => y + height)) + MARGIN - top,
    nodes: placed.map(({ node, center, box }) => ({ node, center: movePoint(center), box: moveBox(box) })),
    frames: frames.map(({ place, box }) => ({ place, box: moveBox(box) })),
    edges: routed.map(({ edge, points }) => ({ edge, points: points.map(movePoint) })),
  };
}

function straightened(laidOut: readonly PlacedNode[], edges: readonly ArchitectureEdge[]): readonly PlacedNode[] {
  const frames = framesAround(laidOut);
  const area = frames.find(({ place }) => place === "cloud")?.box;
  if (!area) return laidOut;
  return straighten(laidOut, edges, {
    area: { ...area, y: area.y + PADDING.top },
    frames: frames.filter(({ place }) => place !== "cloud").map(({ box }) => box),
  });
}

function centersOf(
  nodes: readonly ArchitectureNode[],
  edges: readonly ArchitectureEdge[],
  ranksep: number,
): ReadonlyMap<string, Point> {
  const graph = new dagre.graphlib.Graph({ compound: true });
  graph.setGraph({ rankdir: "LR", nodesep: 18, edgesep: 10, ranksep });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const frame of framesIn(new Set(nodes.map(({ place }) => place)))) {
    graph.setNode(frameId(frame), {});
    const outer = outerOf(frame);
    if (outer) graph.setParent(frameId(frame), frameId(outer));
  }
  for (const { id, place } of nodes) {
    graph.setNode(id, { ...NODE });
    if (place !== "outside") graph.setParent(id, frameId(place));
  }
  for (const { from, to, weight } of layoutEdges(nodes, edges)) graph.setEdge(from, to, { weight });
  dagre.layout(graph);
  return new Map(nodes.map(({ id }) => [id, { x: graph.node(id).x ?? 0, y: graph.node(id).y ?? 0 }]));
}

/**
 * The order from left to right. Events that lead back to the program that caused them are drawn from right to left,
 * which is shorter. What nothing leads to is not drawn left of AWS.
 */
function layoutEdges(
  nodes: readonly ArchitectureNode[],
  edges: readonly ArchitectureEdge[],
): { readonly from: string; readonly to: string; readonly weight: number }[] {
  const next = (id: string) => edges.filter(({ from }) => from === id).map(({ to }) => to);
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    next(from).some((one) => one === to || (!seen.has(one) && reaches(one, to, seen.add(one))));
  const oriented = edges.map(({ from, to, kind }) =>
    kind === "event" && reaches(to, from) ? { from: to, to: from, weight: 1 } : { from, to, weight: 3 },
  );
  const led = new Set(oriented.map(({ to }) => to));
  const roots = nodes.filter(({ id, place }) => place !== "outside" && !led.has(id));
  return [...oriented, ...roots.map(({ id }) => ({ from: "user", to: id, weight: 0 }))];
}

const frameId = (place: Place): string => `#${place}`;
const outerOf = (place: Frame["place"]): Frame["place"] | undefined =>
  (Object.keys(INNER) as Frame["place"][]).find((outer) => INNER[outer].includes(place));

/** The frames that have a node in them or in a frame in them, from the outermost to the innermost. */
function framesIn(places: ReadonlySet<Place>): Frame["place"][] {
  const isUsed = (frame: Frame["place"]): boolean => places.has(frame) || INNER[frame].some(isUsed);
  return (Object.keys(INNER) as Frame["place"][]).filter(isUsed);
}

function boxOf({ title, detail }: ArchitectureNode, { x, y }: Point): Box {
  const lines = wrapLabel(title).length + wrapLabel(detail).length;
  const top = y - MARK_SIZE / 2;
  return { x: x - NODE.width / 2, y: top, width: NODE.width, height: MARK_SIZE + 4 + lines * LINE_HEIGHT };
}

function framesAround(placed: readonly PlacedNode[]): Frame[] {
  const boxes = new Map<Frame["place"], Box>();
  const order = framesIn(new Set(placed.map(({ node }) => node.place)));
  for (const place of order.toReversed()) {
    const inside = placed.filter(({ node }) => node.place === place).map(({ box }) => box);
    const inner = INNER[place].flatMap((one) => boxes.get(one) ?? []);
    boxes.set(place, widen(surround([...inside, ...inner]), FRAME_TITLES[place].length * 7 + 16));
  }
  return order.map((place) => ({ place, box: boxes.get(place) ?? { x: 0, y: 0, width: 0, height: 0 } }));
}

/** Makes room for a title. */
function widen(box: Box, width: number): Box {
  const missing = Math.max(width - box.width, 0);
  return { ...box, x: box.x - missing / 2, width: box.width + missing };
}

function surround(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x)) - PADDING.side;
  const y = Math.min(...boxes.map((box) => box.y)) - PADDING.top;
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + PADDING.side;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + PADDING.bottom;
  return { x, y, width: right - x, height: bottom - y };
}
