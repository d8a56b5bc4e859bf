import { expect, it } from "vitest";
import type { ArchitectureEdge } from "./architecture.ts";
import { type PlacedNode, routeEdges } from "./architecture-routes.ts";
import type { Point } from "./svg.ts";

const node = (id: string, x: number, y: number): PlacedNode => ({
  node: { id, mark: "lambda", title: id, detail: "", place: "cloud" },
  center: { x, y },
  box: { x: x - 42, y: y - 22, width: 84, height: 64 },
});
const edge = (from: string, to: string): ArchitectureEdge => ({ from, to, kind: "request" });

function pointsOf(edges: readonly ArchitectureEdge[], nodes: readonly PlacedNode[]): Record<string, readonly Point[]> {
  return Object.fromEntries(
    routeEdges(edges, nodes).map(({ edge: { from, to }, points }) => [`${from} ${to}`, points]),
  );
}

it("draws a straight line between neighbors of the same height", () => {
  const { "a b": points } = pointsOf([edge("a", "b")], [node("a", 50, 50), node("b", 200, 50)]);
  expect(points).toEqual([
    { x: 75, y: 50 },
    { x: 175, y: 50 },
  ]);
});

it("draws a line from right to left between the sides that face each other", () => {
  const { "b a": points } = pointsOf([edge("b", "a")], [node("a", 50, 50), node("b", 200, 50)]);
  expect(points).toEqual([
    { x: 175, y: 50 },
    { x: 75, y: 50 },
  ]);
});

it("leads a line around a node that is in the way", () => {
  const nodes = [node("a", 50, 50), node("between", 200, 50), node("b", 350, 50)];
  const { "a b": points = [] } = pointsOf([edge("a", "b")], nodes);
  const crossing = points.filter(({ x }) => x > 100 && x < 300).map(({ y }) => y);
  expect(points.length).toBe(6);
  expect(Math.max(...crossing) > 92 || Math.min(...crossing) < 28).toBe(true);
  for (const [index, { x, y }] of points.entries()) {
    const before = points[index - 1];
    if (before) expect(before.x === x || before.y === y).toBe(true);
  }
});

it("gives the lines of one node one trunk, and those of another node another", () => {
  const nodes = [node("a", 50, 50), node("b", 50, 200), node("c", 250, 100), node("d", 250, 300)];
  const routes = pointsOf([edge("a", "c"), edge("a", "d"), edge("b", "c"), edge("b", "d")], nodes);
  const trunk = (name: string) => routes[name]?.[1]?.x;
  expect(trunk("a c")).toBe(trunk("a d"));
  expect(trunk("b c")).toBe(trunk("b d"));
  expect(trunk("a c")).not.toBe(trunk("b c"));
  const ends = ["a c", "b c"].map((name) => routes[name]?.at(-1)?.y);
  expect(new Set(ends).size).toBe(2);
});

it("rejects an edge to a node that is not placed", () => {
  expect(() => routeEdges([edge("a", "x")], [node("a", 50, 50)])).toThrow("x");
});
