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
import { networkOf } from "./network.ts";
import { layOutNetwork } from "./network-layout.ts";
import { PICTURED, pictures } from "./pictures.ts";
import { NoRoomError } from "./rooms.ts";
import { layOutStacks, type StackLayout } from "./stack-layout.ts";
import type { Box } from "./svg.ts";

const folder = mkdtempSync(join(tmpdir(), "nv-demo-diagrams-test-"));
const pictured = readEnvironment(PICTURED);
let stacks: readonly Stack[];

beforeAll(() => {
  stacks = written(synthesize(pictured));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written({ stacks: texts, dependencies }: Synthesized): Stack[] {
  return Object.entries(texts).map(([name, text]) => {
    const directory = join(folder, name);
    mkdirSync(directory);
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(text));
    return { name, directory, dependencies: dependencies[name] ?? [] };
  });
}

it("shows what the stacks are now: npm run tool -- diagrams draws the pictures anew", () => {
  for (const [name, picture] of Object.entries(pictures(stacks, pictured.prefix))) {
    const file = fileURLToPath(new URL(`../../docs/diagrams/${name}`, import.meta.url));
    expect(readFileSync(file, "utf8") === picture, `${name} is up to date`).toBe(true);
  }
});

it("draws well-formed SVG that says in words what it shows", () => {
  for (const picture of Object.values(pictures(stacks, pictured.prefix))) {
    expect(XMLValidator.validate(picture)).toBe(true);
    expect(picture).toMatch(/<svg [^>]*role="img"[^>]*>\n<title>[^<]+<\/title>/);
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
  }
});

describe("the picture of the stacks", () => {
  const layout = () => layOutStacks(stackGraph(stacks));
  const columnIn = ({ places }: StackLayout, stack: string) =>
    places.find((place) => place.stack === stack)?.column ?? -1;

  it("has a cell of its own for each stack, in its room", () => {
    const { places, rooms } = layout();
    expect(places.map(({ stack }) => stack).toSorted()).toEqual(stacks.map(({ name }) => name).toSorted());
    expect(new Set(places.map(({ column, row }) => `${column} ${row}`)).size).toBe(places.length);
    for (const { stack, column, row } of places) {
      const around = rooms.filter(
        ({ columns: [first, last], rows: [top, end] }) => column >= first && column <= last && row >= top && row <= end,
      );
      expect(around.map(({ room }) => room.stacks.includes(stack))).toEqual([true]);
    }
  });

  it("leads from left to right, without the arrows that follow from others", () => {
    const shown = layout();
    for (const { from, to } of shown.arrows) expect(columnIn(shown, from)).toBeLessThan(columnIn(shown, to));
    const arrows = shown.arrows.map(({ from, to }) => `${from} ${to}`);
    expect(arrows).toContain("state-bucket vpc");
    expect(arrows).toContain("route53 frontend");
    expect(arrows).not.toContain("vpc frontend");
  });

  it("asks for a room for a stack that has none", () => {
    expect(() => layOutStacks({ stacks: ["new-stack"], edges: [] })).toThrow(NoRoomError);
  });
});

describe("the picture of the network", () => {
  const network = () => networkOf(SynthesizedStacks.read(stacks), pictured.prefix);

  it("has the tiers in their zones, with the NAT gateways", () => {
    expect(network().tiers.map(({ name, subnets, natZones }) => [name, subnets.length, natZones.length])).toEqual([
      ["db", 3, 0],
      ["private", 3, 0],
      ["public", 3, 3],
    ]);
  });

  it("has everything with a security group in its tier", () => {
    const { parties, outside } = network();
    const inTier = (name: string) => parties.filter(({ tier }) => tier === name).map(({ title }) => title);
    expect(inTier("public").toSorted()).toEqual(["shout", "sum"]);
    expect(inTier("db").toSorted()).toEqual(["PostgreSQL", "Valkey"]);
    expect(inTier("private")).toEqual(expect.arrayContaining(["api", "adder", "bastion", "display", "secretsmanager"]));
    expect(outside.map(({ title }) => title)).toContain("authorizer");
  });

  it("has each conversation once, whichever end said it", () => {
    const { conversations } = network();
    const said = (from: string, to: string) => conversations.filter((one) => one.from === from && one.to === to);
    expect(said("api-lambda", "database")).toEqual([{ from: "api-lambda", to: "database", port: 5432 }]);
    expect(said("api-lambda", "s3")).toHaveLength(1);
    expect(said("internet", "sum-balancer")).toHaveLength(1);
    expect(said("shout-lambda", "internet")).toEqual([{ from: "shout-lambda", to: "internet", port: 80 }]);
    expect(said("internet", "api-lambda")).toEqual([]);
  });

  it("shows every conversation, as a plug, an arrow of a load balancer, or one between programs", () => {
    const drawn = network();
    const { columns, rows, balancers } = layOutNetwork(drawn);
    const known = (name: string) =>
      name === "internet" ||
      [...columns, ...balancers].some(({ party }) => party.group === name) ||
      rows.some(({ to }) => to === name);
    for (const { from, to } of drawn.conversations) expect([from, to].every(known), `${from} → ${to}`).toBe(true);
  });

  it("lays no card over another", () => {
    const { columns, balancers, nat } = layOutNetwork(network());
    const cards = [...columns, ...balancers].map(({ card }) => card).concat(nat);
    const meet = (a: Box, b: Box) =>
      a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
    expect(cards.flatMap((a, index) => cards.slice(index + 1).filter((b) => meet(a, b)))).toEqual([]);
  });
});
