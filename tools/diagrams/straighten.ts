import type { ArchitectureEdge } from "./architecture.ts";
import type { PlacedNode } from "./architecture-routes.ts";
import type { Box } from "./svg.ts";

/** Between the centers of two nodes of a column. */
const PITCH = 110;

/**
 * Moves nodes to the height of the only node that they call or that calls them, so that the lines become straight. A
 * node keeps its column, stays out of what surrounds other nodes, and stays away from the nodes of its column.
 *
 * @param area inside of which the nodes in AWS stay
 * @param frames that the nodes of these do not enter
 */
export function straighten(
  nodes: readonly PlacedNode[],
  edges: readonly ArchitectureEdge[],
  { area, frames }: { readonly area: Box; readonly frames: readonly Box[] },
): readonly PlacedNode[] {
  let moved = nodes;
  // Who is called comes first, because more lines lead to it; who stands outside follows the others.
  const calls = (id: string) => edges.filter(({ to }) => to === id).length;
  const movable = nodes
    .filter(({ node }) => node.place === "cloud" || node.place === "outside")
    .toSorted((a, b) => order(a) - order(b) || calls(b.node.id) - calls(a.node.id));
  for (const { node } of movable) {
    const current = moved.find((one) => one.node === node);
    const y = heightOfOnlyNeighbor(node.id, moved, edges);
    if (!current || y === undefined) continue;
    const candidate = at(current, y);
    const neighbors = moved.filter((one) => one !== current && Math.abs(one.center.x - current.center.x) < 1);
    const isFree =
      neighbors.every(({ center }) => Math.abs(center.y - y) >= PITCH) &&
      frames.every((frame) => !overlap(frame, candidate.box)) &&
      candidate.box.y >= area.y &&
      candidate.box.y + candidate.box.height <= area.y + area.height;
    if (isFree) moved = moved.map((one) => (one === current ? candidate : one));
  }
  return moved;
}

const order = ({ node }: PlacedNode): number => (node.place === "outside" ? 1 : 0);

const at = ({ node, center, box }: PlacedNode, y: number): PlacedNode => ({
  node,
  center: { x: center.x, y },
  box: { ...box, y: box.y + y - center.y },
});

function heightOfOnlyNeighbor(
  id: string,
  nodes: readonly PlacedNode[],
  edges: readonly ArchitectureEdge[],
): number | undefined {
  const called = new Set(edges.filter(({ from }) => from === id).map(({ to }) => to));
  const callers = new Set(edges.filter(({ to }) => to === id).map(({ from }) => from));
  const [only] = called.size === 0 && callers.size === 1 ? callers : called;
  if (only === undefined || called.size > 1) return undefined;
  return nodes.find(({ node }) => node.id === only)?.center.y;
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
