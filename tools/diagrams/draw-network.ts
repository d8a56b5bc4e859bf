import type { Connection, Network, NetworkMember, Tier } from "./network.ts";
import { CARD, type Column, DESTINATION, layOutNetwork, type NetworkLayout, type Row } from "./network-layout.ts";
import { at, type Box, box, dot, drawing, element, path, type Svg, text } from "./svg.ts";
import { SYSTEMS } from "./systems.ts";

const CAPTION =
  "A dot is a connection that the security groups allow; all others are denied. Generated from the stacks of the prod environment.";

/** Draws the tiers of subnets, the resources in them, and the connections that are allowed. */
export function drawNetwork(network: Network): Svg {
  const layout = layOutNetwork(network);
  const { internet, vpc, tiers, columns, loadBalancers, rows, functionsOutside } = layout;
  const connectionsBetween = (from: string, to: string) =>
    network.connections.filter((one) => one.from === from && one.to === to);
  return drawing(layout.width, layout.height, "The network of nv-demo: subnets, resources and allowed connections", [
    box("tier", internet, 10),
    text("heading", internet.x + internet.width / 2, internet.y + 25, "The internet", "middle"),
    box("frame", vpc, 12),
    text("heading", vpc.x + 16, vpc.y + 25, `VPC ${network.cidrBlock}`),
    ...tiers.map(({ tier, title, frame }) => drawTier(tier, title, frame)),
    ...rows.map((row) => drawRowLine(row, layout, network.connections)),
    ...columns.map((column) => drawColumnLine(column, rows, network.connections)),
    ...loadBalancers.map(({ member, card }) => drawLoadBalancer(member, card, layout, network.connections)),
    ...columns.flatMap((from) =>
      columns.flatMap((to) =>
        connectionsBetween(from.member.group, to.member.group).map(({ port }) => drawSideConnection(from, to, port)),
      ),
    ),
    ...columns.map(({ member, card }) => drawMember(member.system, member.title, member.kind, card)),
    ...drawNat(layout),
    ...rows.filter(({ to }) => to !== "internet").map((row) => drawDestination(row, layout, network.connections)),
    ...drawFunctionsOutside(network, functionsOutside),
    text("small", vpc.x, layout.height - 20, CAPTION),
    drawLegend(layout),
  ]);
}

function drawTier({ subnets }: Tier, title: string, frame: Box): Svg {
  const lines = subnets.map(({ zone, cidrBlock }, index) =>
    text("small", frame.x + 16, frame.y + 44 + index * 16, `${zone}  ${cidrBlock}`),
  );
  return element(
    "g",
    {},
    box("tier", frame, 10),
    text("label", frame.x + 16, frame.y + 24, title.toUpperCase()),
    ...lines,
  );
}

/** A card with a title, in two lines if it is long, and its kind. */
function drawMember(system: NetworkMember["system"], title: string, kind: string, card: Box): Svg {
  const [x, y] = [card.x + card.width / 2, card.y + card.height / 2];
  const lines = widthOf(title) > card.width ? splitAtHyphen(title) : [title];
  const className = lines.some((line) => widthOf(line) > card.width - 8) ? "name tight" : "name";
  const top = y - (lines.length === 1 ? 2.5 : 10);
  return element(
    "g",
    { class: system },
    box("card", card),
    ...lines.map((line, index) => text(className, x, top + index * 13, line, "middle")),
    text("small", x, top + lines.length * 13 + 3, kind, "middle"),
  );
}

/** Upper bound of a title's width in pixels; the reader's font is unknown. */
const widthOf = (title: string): number => title.length * 7;

function splitAtHyphen(title: string): string[] {
  const hyphen = title.lastIndexOf("-") + 1;
  return [title.slice(0, hyphen), title.slice(hyphen)];
}

/** The line from the dots of a row to its destination. */
function drawRowLine({ to, y }: Row, { columns, destinations, nat }: NetworkLayout, all: readonly Connection[]): Svg {
  const connected = columns.filter(({ member }) => all.some((one) => one.from === member.group && one.to === to));
  const [first] = connected;
  if (!first) return "";
  if (to !== "internet") return path("line", `M${at(first.x, y)}L${at(destinations - 2, y)}`, "arrow");
  const x = destinations + DESTINATION.width / 2;
  return path(
    "line",
    `M${at(first.x, y)}L${at(x - 8, y)}Q${at(x, y)} ${at(x, y - 8)}L${at(x, nat.y + nat.height + 2)}`,
    "arrow",
  );
}

/** The line from a workload down to the last destination that it connects to, with a dot at each. */
function drawColumnLine({ member, card, x }: Column, rows: readonly Row[], all: readonly Connection[]): Svg {
  const dots = rows.flatMap((row) => {
    const ports = all.filter(({ from, to }) => from === member.group && to === row.to).map(({ port }) => port);
    return ports.length > 0 ? [{ y: row.y, ports, isOutside: row.to === "internet" }] : [];
  });
  const last = dots.at(-1);
  if (!last) return "";
  return element(
    "g",
    { class: member.system },
    path("line tinted", `M${at(x, card.y + card.height)}L${at(x, last.y)}`),
    ...dots.flatMap(({ y, ports, isOutside }) => [
      dot("dot", x, y, 5),
      ...(isOutside ? [text("small", x + 8, y - 6, ports.join(", "))] : []),
    ]),
  );
}

function drawLoadBalancer(
  { group, system, title }: NetworkMember,
  card: Box,
  layout: NetworkLayout,
  all: readonly Connection[],
): Svg {
  const { internet, columns } = layout;
  const middle = card.x + card.width / 2;
  const opened = all.filter(({ from, to }) => from === "internet" && to === group).map(({ port }) => port);
  const targets = columns.filter(({ member }) => all.some(({ from, to }) => from === group && to === member.group));
  const invoked = targets.length > 0 ? [] : columns.filter(({ member }) => member.system === system);
  const drawArrowDown = (x: number, className: string, to: Column) =>
    path(className, `M${at(x, card.y + card.height)}L${at(x, to.card.y - 2)}`, "arrow");
  const ports = [...new Set(all.filter(({ from }) => from === group).map(({ port }) => port))];
  return element(
    "g",
    { class: system },
    path("line", `M${at(middle, internet.y + internet.height)}L${at(middle, card.y - 2)}`, "arrow"),
    text("small", middle + 8, internet.y + internet.height + 18, opened.join(", ")),
    ...targets.map((to) => drawArrowDown(to.x, "line", to)),
    ...(targets[0] ? [text("small", targets[0].x + 8, card.y + card.height + 17, ports.join(", "))] : []),
    ...invoked.flatMap((to) => [
      drawArrowDown(to.x, "line dashed", to),
      text("small", to.x + 8, card.y + card.height + 17, "invokes"),
    ]),
    drawMember(system, title, "load balancer", card),
  );
}

/** An arrow from one workload to another, above the cards between them. */
function drawSideConnection(from: Column, to: Column, port: number): Svg {
  const y = from.card.y - 14;
  const end = to.x + CARD.width / 2 - 14;
  const d = `M${at(from.x, from.card.y)}L${at(from.x, y + 8)}Q${at(from.x, y)} ${at(from.x - 8, y)}L${at(end + 8, y)}Q${at(end, y)} ${at(end, y + 8)}L${at(end, to.card.y - 2)}`;
  return element(
    "g",
    { class: from.member.system },
    path("line", d, "arrow"),
    text("small", from.x + 8, y + 6, String(port)),
  );
}

function drawNat({ nat, internet, tiers }: NetworkLayout): Svg[] {
  const zones = tiers.flatMap(({ tier }) => tier.natZones).length;
  const x = nat.x + nat.width / 2;
  return [
    path("line", `M${at(x, nat.y)}L${at(x, internet.y + internet.height + 2)}`, "arrow"),
    drawMember(
      "shared",
      zones === 1 ? "NAT gateway" : "NAT gateways",
      zones === 1 ? "for all zones" : "in each zone",
      nat,
    ),
  ];
}

function drawDestination(
  { to, title, kind, system, y }: Row,
  { destinations }: NetworkLayout,
  all: readonly Connection[],
): Svg {
  const card = { x: destinations, y: y - DESTINATION.height / 2, ...DESTINATION };
  const ports = [...new Set(all.filter((one) => one.to === to).map(({ port }) => port))];
  return drawMember(system, NAMES[title] ?? title, [kind, ...ports].join(" · "), card);
}

/** Official spelling of service names. */
const NAMES: Readonly<Record<string, string>> = { s3: "S3", dynamodb: "DynamoDB", secretsmanager: "Secrets Manager" };

/** The colors of the systems, right-aligned in the last line. */
function drawLegend({ vpc, height }: NetworkLayout): Svg {
  const entries = SYSTEMS.toReversed().map(({ name, title }, index) => {
    const x = vpc.x + vpc.width - 62 - index * 78;
    const square = { x, y: height - 29, width: 10, height: 10 };
    return element("g", { class: name }, box("bar", square, 3), text("small", x + 16, height - 20, title));
  });
  return element("g", {}, ...entries);
}

function drawFunctionsOutside({ functionsOutside }: Network, frame: Box): Svg[] {
  const label = "Outside of the VPC: functions that use none of its resources";
  const cards = functionsOutside.map(({ title, system }, index) => {
    const card = { x: frame.x + 16 + index * 122, y: frame.y + 26, width: 112, height: 26 };
    return element(
      "g",
      { class: system },
      box("card", card),
      text("name tight", card.x + 56, card.y + 17.5, title, "middle"),
    );
  });
  return [text("label", frame.x + 16, frame.y + 14, label.toUpperCase()), ...cards];
}
