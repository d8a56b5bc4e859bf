import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import { type Synthesized, synthesize } from "../../stacks/testing/synthesize.ts";
import { stackGraph } from "../deploy/graph.ts";
import { ROOT } from "../paths/root.ts";
import type { Stack } from "../synth/manifest.ts";
import { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { architectureOf } from "./architecture.ts";
import { layOutArchitecture, MAX_WIDTH } from "./architecture-layout.ts";
import { DIAGRAM_ENVIRONMENT, DRAWN_SYSTEMS, drawDiagrams } from "./draw-diagrams.ts";
import { networkOf } from "./network.ts";
import { layOutNetwork } from "./network-layout.ts";
import { layOutStacks, type StackLayout } from "./stack-layout.ts";
import type { Box } from "./svg.ts";
import { UnknownStackError } from "./systems.ts";

const folder = mkdtempSync(join(tmpdir(), "nv-demo-diagrams-test-"));
const environment = readEnvironment(DIAGRAM_ENVIRONMENT);
let stacks: readonly Stack[];

beforeAll(() => {
  stacks = writeStacks(synthesize(environment));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeStacks({ stacks: texts, dependencies }: Synthesized): Stack[] {
  return Object.entries(texts).map(([name, text]) => {
    const directory = join(folder, name);
    mkdirSync(directory);
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(text));
    return { name, directory, dependencies: dependencies[name] ?? [] };
  });
}

it("matches the committed diagrams; npm run tool -- diagrams regenerates them", () => {
  for (const [name, diagram] of Object.entries(drawDiagrams(stacks, environment.prefix))) {
    const file = join(ROOT, "docs", "diagrams", name);
    expect(readFileSync(file, "utf8") === diagram, `${name} is current`).toBe(true);
  }
});

it("draws well-formed SVG with a text alternative", () => {
  for (const diagram of Object.values(drawDiagrams(stacks, environment.prefix))) {
    expect(XMLValidator.validate(diagram)).toBe(true);
    expect(diagram).toMatch(/<svg [^>]*role="img"[^>]*>\n<title>[^<]+<\/title>/);
    expect(diagram).not.toMatch(/NaN|undefined|Infinity/);
  }
});

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const contains = (outer: Box, inner: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const overlappingPairs = (boxes: readonly Box[]) =>
  boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) => overlap(a, b)));

describe("the diagram of the stacks", () => {
  const layout = () => layOutStacks(stackGraph(stacks));
  const cardOf = ({ cards }: StackLayout, stack: string) => cards.find((card) => card.stack === stack)?.box;

  it("has a card for each stack, in the frame of its system only", () => {
    const { cards, frames } = layout();
    expect(cards.map(({ stack }) => stack).toSorted()).toEqual(stacks.map(({ name }) => name).toSorted());
    for (const { stack, box } of cards) {
      const touched = frames.filter((frame) => overlap(frame.box, box));
      expect(touched.map(({ system }) => system.stacks.includes(stack))).toEqual([true]);
      expect(touched.every((frame) => contains(frame.box, box))).toBe(true);
    }
  });

  it("has no overlapping cards and no overlapping frames", () => {
    const { cards, frames } = layout();
    expect(overlappingPairs(cards.map(({ box }) => box))).toEqual([]);
    expect(overlappingPairs(frames.map(({ box }) => box))).toEqual([]);
  });

  it("has arrows from left to right, without those that others imply", () => {
    const { arrows } = layout();
    for (const { points } of arrows) {
      expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).toSorted((a, b) => a - b));
    }
    const names = arrows.map(({ from, to }) => `${from} ${to}`);
    expect(names).toContain("state-bucket vpc");
    expect(names).toContain("route53 frontend");
    expect(names).not.toContain("vpc frontend");
  });

  it("has no arrow that crosses a card", () => {
    const shown = layout();
    for (const { from, to, points } of shown.arrows) {
      const others = shown.cards.filter(({ stack }) => stack !== from && stack !== to);
      for (const { x, y } of points) {
        const crossed = others.filter(({ box }) => overlap(box, { x, y, width: 0.1, height: 0.1 }));
        expect(crossed, `${from} → ${to}`).toEqual([]);
      }
      expect(points[0]?.x).toBe((cardOf(shown, from)?.x ?? 0) + 98);
    }
  });

  it("rejects a stack that belongs to no system", () => {
    expect(() => layOutStacks({ stacks: ["new-stack"], edges: [] })).toThrow(UnknownStackError);
  });
});

describe("the diagram of the network", () => {
  const network = () => networkOf(SynthesizedStacks.read(stacks), environment.prefix);

  it("has the tiers with one subnet per zone, and the NAT gateways", () => {
    expect(network().tiers.map(({ name, subnets, natZones }) => [name, subnets.length, natZones.length])).toEqual([
      ["db", 3, 0],
      ["private", 3, 0],
      ["public", 3, 3],
    ]);
  });

  it("has every resource with a security group in its tier", () => {
    const { members, functionsOutside } = network();
    const inTier = (name: string) => members.filter(({ tier }) => tier === name).map(({ title }) => title);
    expect(inTier("public").toSorted()).toEqual(["shout", "sum"]);
    expect(inTier("db").toSorted()).toEqual(["PostgreSQL", "Valkey"]);
    expect(inTier("private")).toEqual(expect.arrayContaining(["api", "adder", "bastion", "display", "secretsmanager"]));
    expect(functionsOutside.map(({ title }) => title)).toContain("authorizer");
  });

  it("has each connection once, although both ends have a rule for it", () => {
    const { connections } = network();
    const between = (from: string, to: string) => connections.filter((one) => one.from === from && one.to === to);
    expect(between("api-lambda", "database")).toEqual([{ from: "api-lambda", to: "database", port: 5432 }]);
    expect(between("api-lambda", "s3")).toHaveLength(1);
    expect(between("internet", "sum-balancer")).toHaveLength(1);
    expect(between("shout-lambda", "internet")).toEqual([{ from: "shout-lambda", to: "internet", port: 80 }]);
    expect(between("internet", "api-lambda")).toEqual([]);
  });

  it("draws both ends of every connection", () => {
    const drawn = network();
    const { rows, columns, balancers } = layOutNetwork(drawn);
    const groups = new Set([...rows, ...balancers].map(({ member }) => member.group));
    const isDrawn = (name: string) => name === "internet" || groups.has(name) || columns.some(({ to }) => to === name);
    for (const { from, to } of drawn.connections) expect([from, to].every(isDrawn), `${from} → ${to}`).toBe(true);
  });

  it("shows what invokes each workload", () => {
    const { rows, balancers } = layOutNetwork(network());
    const entries = rows.map(({ member, entry }) => [member.title, entry?.title] as const);
    expect(Object.fromEntries(entries.filter(([, title]) => title !== undefined))).toEqual({
      api: "API Gateway",
      "postgres-init": "deployment",
      "postgres-update": "SQS",
      "postgres-update-reconcile": "Scheduler",
      bastion: "Session Manager",
    });
    expect(balancers.map(({ member, targets }) => [member.title, targets.map((row) => row.member.title)])).toEqual([
      ["shout", ["shout"]],
      ["sum", ["adder", "display", "reset"]],
    ]);
  });

  it("has no overlapping rows and fits the width at which GitHub shows it", () => {
    const { rows, columns, width } = layOutNetwork(network());
    for (const [index, row] of rows.entries()) expect(row.y).toBeGreaterThan((rows[index - 1]?.y ?? 0) + 60);
    for (const [index, { x }] of columns.entries()) expect(x).toBeGreaterThan((columns[index - 1]?.x ?? 0) + 60);
    expect(width).toBeLessThanOrEqual(MAX_WIDTH);
  });
});

describe("the diagram of a system", () => {
  const architecture = (name: (typeof DRAWN_SYSTEMS)[number]) =>
    architectureOf(name, SynthesizedStacks.read(stacks), environment.prefix);
  const lines = (name: (typeof DRAWN_SYSTEMS)[number]) => {
    const { nodes, edges } = architecture(name);
    const titleOf = (id: string) => {
      const node = nodes.find((one) => one.id === id);
      return node?.mark === "alias" ? `${node.title} alias` : node?.title;
    };
    return edges.map(({ from, to, kind }) => `${titleOf(from)} ${kind === "event" ? "⇢" : "→"} ${titleOf(to)}`);
  };

  it("has the requests and events of Files", () => {
    expect(lines("files")).toEqual(
      expect.arrayContaining([
        "user → Route 53",
        "Route 53 → API Gateway",
        "API Gateway → authorizer",
        "API Gateway → api",
        "api → storage",
        "api → Valkey",
        "api → PostgreSQL",
        "storage ⇢ storage-events",
        "storage-events ⇢ postgres-update",
        "storage-events ⇢ storage-events-dead",
        "postgres-update → PostgreSQL",
        "reconcile ⇢ postgres-update-reconcile",
        "canary → API Gateway",
      ]),
    );
    expect(lines("files")).not.toContain("user → API Gateway");
    expect(lines("files").filter((line) => /display|adder|shout/.test(line))).toEqual([]);
  });

  it("has the way of Shout to the internet and back", () => {
    expect(lines("shout").toSorted()).toEqual([
      "NAT gateway → internet gateway",
      "internet gateway → API.SHOUTCLOUD.IO",
      "internet gateway → load balancer",
      "load balancer → shout",
      "shout → NAT gateway",
      "user → internet gateway",
    ]);
  });

  it("has a distribution, a function and a table for each stage of Hello", () => {
    expect(lines("hello").toSorted()).toEqual([
      "API Gateway → hello-live",
      "API Gateway → hello-test",
      "CloudFront → API Gateway",
      "CloudFront → API Gateway",
      "Route 53 → CloudFront",
      "Route 53 → CloudFront",
      "hello-live → hello-live",
      "hello-test → hello-test",
      "user → Route 53",
    ]);
  });

  it("has the containers, the machines and the database of Sum", () => {
    expect(lines("sum")).toEqual(
      expect.arrayContaining([
        "load balancer → adder",
        "load balancer → display",
        "load balancer → reset",
        "adder → PostgreSQL",
        "display → display",
        "adder → programs",
        "user → bastion",
        "bastion → adder",
      ]),
    );
  });

  it("has the aliases of Releases, which alarms and the guard move back", () => {
    expect(lines("releases")).toEqual(
      expect.arrayContaining([
        "user → API Gateway",
        "API Gateway → live alias",
        "live alias → build-info",
        "live alias ⇢ 5 alarms",
        "5 alarms ⇢ release-guard",
        "release-guard → live alias",
        "release-guard → releases",
      ]),
    );
  });

  it.each(DRAWN_SYSTEMS)("fits the width at which GitHub shows it, without overlaps: %s", (name) => {
    const { width, nodes, frames } = layOutArchitecture(architecture(name));
    expect(width).toBeLessThanOrEqual(MAX_WIDTH);
    expect(overlappingPairs(nodes.map(({ box }) => box))).toEqual([]);
    for (const { place, box } of frames) {
      const isInside = (node: (typeof nodes)[number]) => node.node.place === place;
      expect(nodes.filter(isInside).every((node) => contains(box, node.box))).toBe(true);
    }
    const subnets = frames.filter(({ place }) => place !== "cloud" && place !== "vpc");
    expect(overlappingPairs(subnets.map(({ box }) => box))).toEqual([]);
    const outside = nodes.filter(({ node }) => node.place === "cloud" || node.place === "outside");
    const vpcs = frames.filter(({ place }) => place === "vpc");
    for (const { node, box } of outside) for (const vpc of vpcs) expect(overlap(box, vpc.box), node.title).toBe(false);
  });

  it.each(DRAWN_SYSTEMS)("has no line through a mark or a label: %s", (name) => {
    const { nodes, edges } = layOutArchitecture(architecture(name));
    for (const { edge, points } of edges) {
      const others = nodes.filter(({ node }) => node.id !== edge.from && node.id !== edge.to);
      for (const [index, end] of points.entries()) {
        const start = points[index - 1] ?? end;
        const part = {
          x: Math.min(start.x, end.x),
          y: Math.min(start.y, end.y),
          width: Math.abs(end.x - start.x) + 0.1,
          height: Math.abs(end.y - start.y) + 0.1,
        };
        const crossed = others.filter(({ box }) => overlap(box, part)).map(({ node }) => node.title);
        expect(crossed, `${edge.from} → ${edge.to}`).toEqual([]);
      }
    }
  });

  it("has no text that is smaller than 12 pixels", () => {
    for (const diagram of Object.values(drawDiagrams(stacks, environment.prefix))) {
      const sizes = [...diagram.matchAll(/font(?:-size)?:(?:\d+ )?(\d+)px/g)].map(([, size]) => Number(size));
      expect(sizes.length).toBeGreaterThan(0);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
    }
  });
});
