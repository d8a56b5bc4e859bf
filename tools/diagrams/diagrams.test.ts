import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import { type Synthesized, synthesize } from "../../stacks/testing/synthesize.ts";
import { stackGraph } from "../deploy/graph.ts";
import type { Stack } from "../synth/manifest.ts";
import { SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { DIAGRAM_ENVIRONMENT, drawDiagrams } from "./draw-diagrams.ts";
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
    const file = fileURLToPath(new URL(`../../docs/diagrams/${name}`, import.meta.url));
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
      expect(points[0]?.x).toBe((cardOf(shown, from)?.x ?? 0) + 128);
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
    const { columns, rows, loadBalancers } = layOutNetwork(drawn);
    const isDrawn = (name: string) =>
      name === "internet" ||
      [...columns, ...loadBalancers].some(({ member }) => member.group === name) ||
      rows.some(({ to }) => to === name);
    for (const { from, to } of drawn.connections) expect([from, to].every(isDrawn), `${from} → ${to}`).toBe(true);
  });

  it("has no overlapping cards", () => {
    const { columns, loadBalancers, nat } = layOutNetwork(network());
    expect(overlappingPairs([...[...columns, ...loadBalancers].map(({ card }) => card), nat])).toEqual([]);
  });
});
