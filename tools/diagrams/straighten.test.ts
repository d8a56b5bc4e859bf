import { expect, it } from "vitest";
import type { PlacedNode } from "./architecture-routes.ts";
import type { Place } from "./node-descriptions.ts";
import { straighten } from "./straighten.ts";

const node = (id: string, x: number, y: number, place: Place = "cloud"): PlacedNode => ({
  node: { id, mark: "lambda", title: id, detail: "", place },
  center: { x, y },
  box: { x: x - 42, y: y - 22, width: 84, height: 64 },
});
const area = { x: 0, y: 0, width: 1_000, height: 1_000 };
const edges = [{ from: "caller", to: "called", kind: "request" as const }];
const heights = (
  nodes: readonly PlacedNode[],
  frames = [] as { x: number; y: number; width: number; height: number }[],
) => Object.fromEntries(straighten(nodes, edges, { area, frames }).map(({ node, center }) => [node.id, center.y]));

it("moves who calls only one node to its height", () => {
  const nodes = [node("caller", 50, 500), node("called", 250, 100, "private")];
  expect(heights(nodes)).toEqual({ caller: 100, called: 100 });
});

it("does not move a node close to another of its column", () => {
  const nodes = [node("caller", 50, 500), node("other", 50, 150), node("called", 250, 100, "private")];
  expect(heights(nodes)).toMatchObject({ caller: 500 });
});

it("does not move a node into a frame", () => {
  const nodes = [node("caller", 250, 500), node("called", 450, 100, "private")];
  expect(heights(nodes, [{ x: 200, y: 50, width: 400, height: 200 }])).toMatchObject({ caller: 500 });
});
