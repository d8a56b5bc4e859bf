import { LINE_HEIGHT } from "./labels.ts";
import { drawMark } from "./marks.ts";
import type { Connection, Network } from "./network.ts";
import {
  BALANCER_X,
  type Balancer,
  type Band,
  type Column,
  ENTRY_X,
  firstBaseline,
  headerLines,
  headerY,
  layOutNetwork,
  MARK,
  type NetworkLayout,
  type Row,
} from "./network-layout.ts";
import { roundedLine } from "./rounded-line.ts";
import { at, box, dot, drawing, element, path, type Svg, text } from "./svg.ts";
import { SYSTEMS } from "./systems.ts";

const HALF = MARK / 2;

/** Draws what runs in the network, what invokes it, and the connections that are allowed. */
export function drawNetwork(network: Network): Svg {
  const layout = layOutNetwork(network);
  const { vpc, bands, rows, columns, balancers, width, height } = layout;
  const { connections } = network;
  return drawing(width, height, "The network of nv-demo: subnets, workloads and allowed connections", [
    box("frame vpc", vpc, 4),
    text("label", vpc.x + 8, vpc.y + 16, `VPC ${network.cidrBlock}`),
    ...bands.map(drawBand),
    ...columns.map((column) => drawGuide(column, vpc.y + vpc.height - 14)),
    ...balancers.flatMap((balancer) => drawBalancer(balancer, connections)),
    ...sideConnections(rows, connections),
    ...rows.flatMap((row) => drawRow(row, columns, connections)),
    ...columns.flatMap((column) => drawHeader(column, columns, connections)),
    ...drawNotes(network, layout),
    ...drawLegend(layout),
  ]);
}

const drawBand = ({ tier, title, box: frame }: Band): Svg =>
  element(
    "g",
    {},
    box(`frame ${tier}`, frame, 4),
    text("label", frame.x + frame.width / 2, frame.y + 14, title, "middle"),
  );

const drawGuide = ({ x }: Column, bottom: number): Svg => path("guide", `M${at(x, headerY + 76)}L${at(x, bottom)}`);

const centeredMark = (name: Row["mark"], x: number, y: number): Svg => drawMark(name, x - HALF, y - HALF, MARK);

const lines = (className: string, x: number, y: number, contents: readonly string[], anchor?: "middle"): Svg[] =>
  contents.map((content, index) => text(className, x, y + index * LINE_HEIGHT, content, anchor));

function drawHeader(
  { to, mark, title, detail, x }: Column,
  columns: readonly Column[],
  all: readonly Connection[],
): Svg[] {
  const ports = [...new Set(all.filter((one) => one.to === to).map(({ port }) => port))];
  const titles = headerLines(title, columns);
  const details = headerLines(to === "internet" ? detail : `${detail} ${ports.join(", ")}`, columns);
  const y = headerY + HALF + 14;
  return [
    centeredMark(mark, x, headerY),
    ...lines("name", x, y, titles, "middle"),
    ...lines("small", x, y + titles.length * LINE_HEIGHT, details, "middle"),
  ];
}

/** A workload with what invokes it, and a line with a dot below each destination that it may connect to. */
function drawRow(row: Row, columns: readonly Column[], all: readonly Connection[]): Svg[] {
  const { member, mark, x, y, entry } = row;
  const connected = columns.flatMap((column) => {
    const ports = all.filter(({ from, to }) => from === member.group && to === column.to).map(({ port }) => port);
    return ports.length > 0 ? [{ column, ports }] : [];
  });
  const last = connected.at(-1);
  const left = x + HALF + 8;
  const baseline = firstBaseline(row);
  return [
    ...(entry ? drawEntry(entry.mark, entry.title, y, x - HALF - 3) : []),
    element(
      "g",
      { class: member.system },
      ...(last && columns[0] ? [path("line tinted", `M${at(columns[0].x - 30, y)}L${at(last.column.x, y)}`)] : []),
      ...connected.map(({ column }) => dot("dot", column.x, y, 6)),
      ...connected
        .filter(({ column }) => column.to === "internet")
        .map(({ column, ports }) => text("small", column.x, y - 11, ports.join(", "), "middle")),
    ),
    centeredMark(mark, x, y),
    ...lines("name", left, baseline, row.lines),
    text("small", left, baseline + row.lines.length * LINE_HEIGHT, member.kind),
  ];
}

function drawEntry(mark: Row["mark"], title: string, y: number, end: number): Svg[] {
  return [
    path("line", `M${at(ENTRY_X + HALF + 3, y)}L${at(end, y)}`, "arrow"),
    centeredMark(mark, ENTRY_X, y),
    text("small", ENTRY_X, y + HALF + 14, title, "middle"),
  ];
}

/** A load balancer with the internet on its left and its targets on its right. */
function drawBalancer({ member, y, targets }: Balancer, all: readonly Connection[]): Svg[] {
  const opened = all.filter(({ from, to }) => from === "internet" && to === member.group).map(({ port }) => port);
  const start = BALANCER_X + HALF + 3;
  const trunk = BALANCER_X + 43;
  const fan = targets.map((target) => {
    const end = target.x - HALF - 3;
    const points = [
      { x: start, y },
      { x: trunk, y },
      { x: trunk, y: target.y },
      { x: end, y: target.y },
    ];
    return path("line", roundedLine(points), "arrow");
  });
  return [
    ...drawEntry("host", "internet", y, BALANCER_X - HALF - 3),
    text("small", ENTRY_X + HALF + 24, y - 6, opened.join(", "), "middle"),
    ...fan,
    centeredMark("load-balancer", BALANCER_X, y),
    text("name", BALANCER_X, y + HALF + 14, member.title, "middle"),
    text("small", BALANCER_X, y + HALF + 14 + LINE_HEIGHT, member.kind, "middle"),
  ];
}

/** Connections between workloads, left of their marks. */
function sideConnections(rows: readonly Row[], all: readonly Connection[]): Svg[] {
  return rows.flatMap((from) =>
    rows.flatMap((to) =>
      all
        .filter((one) => one.from === from.member.group && one.to === to.member.group)
        .map(({ port }) => {
          const [start, end] = [from.y - 9, to.y + 9];
          const [edge, x] = [from.x - HALF - 3, from.x - HALF - 12];
          const d = roundedLine([
            { x: edge, y: start },
            { x, y: start },
            { x, y: end },
            { x: edge, y: end },
          ]);
          return element("g", {}, path("line", d, "arrow"), text("small", x - 4, start - 8, String(port), "end"));
        }),
    ),
  );
}

/** The subnets of each tier, what is outside of the VPC, and how to read the diagram. */
function drawNotes({ tiers, functionsOutside }: Network, { notes }: NetworkLayout): Svg[] {
  const titles: Readonly<Record<string, string>> = { public: "Public", private: "Private", db: "Database" };
  const subnets = tiers.toReversed().map(({ name, subnets, natZones }) => {
    const list = subnets.map(({ zone, cidrBlock }) => `${cidrBlock} (${zone})`).join(", ");
    const nat = natZones.length > 0 ? `; NAT gateways: ${natZones.length}` : "";
    return `${titles[name] ?? name} subnets: ${list}${nat}`;
  });
  const outside = functionsOutside.map(({ title }) => title).join(", ");
  return lines("small", notes.x, notes.y, [
    "A dot is a connection that the security groups allow; all others are denied. Generated from the prod environment.",
    ...subnets,
    `Functions outside of the VPC: ${outside}`,
  ]);
}

/** The colors of the systems that have workloads in the network, right-aligned beside the first note. */
function drawLegend({ rows, notes, width }: NetworkLayout): Svg[] {
  const present = SYSTEMS.filter(({ name }) => rows.some(({ member }) => member.system === name));
  return present.map(({ name, title }, index) => {
    const x = width - notes.x - (present.length - index) * 58;
    return element("g", { class: name }, dot("dot", x, notes.y - 4, 6), text("small", x + 12, notes.y, title));
  });
}
