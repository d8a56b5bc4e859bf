import type { Conversation, Network, Party, Tier } from "./network.ts";
import { CARD, type Column, DESTINATION, layOutNetwork, type NetworkLayout, type Row } from "./network-layout.ts";
import { ROOMS } from "./rooms.ts";
import { at, type Box, box, dot, drawing, element, path, type Svg, text } from "./svg.ts";

const CAPTION =
  "A plug is a connection that the security groups allow, said once for both ends; every other one is refused. Generated from the stacks of production.";

/** The network: tiers of subnets, what stands in them, and who may talk to whom. */
export function drawNetwork(network: Network): Svg {
  const layout = layOutNetwork(network);
  const { internet, vpc, tiers, columns, balancers, rows, outside } = layout;
  const talks = (from: string, to: string) => network.conversations.filter((one) => one.from === from && one.to === to);
  return drawing(layout.width, layout.height, "The network of nv-demo: subnets, and who may talk to whom", [
    box("tier", internet, 10),
    text("heading", internet.x + internet.width / 2, internet.y + 25, "The internet", "middle"),
    box("frame", vpc, 12),
    text("heading", vpc.x + 16, vpc.y + 25, `VPC ${network.cidrBlock}`),
    ...tiers.map(({ tier, title, frame }) => drawTier(tier, title, frame)),
    ...rows.map((row) => drawBus(row, layout, network.conversations)),
    ...columns.map((column) => drawWire(column, rows, network.conversations)),
    ...balancers.map(({ party, card }) => drawBalancer(party, card, layout, network.conversations)),
    ...columns.flatMap((from) =>
      columns.flatMap((to) => talks(from.party.group, to.party.group).map(({ port }) => drawAside(from, to, port))),
    ),
    ...columns.map(({ party, card }) => drawParty(party.room, party.title, party.kind, card)),
    ...drawNat(layout),
    ...rows.filter(({ to }) => to !== "internet").map((row) => drawDestination(row, layout, network.conversations)),
    ...drawOutside(network, outside),
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

/** A card with a name, in two lines where it is long, and below it what it is. */
function drawParty(room: Party["room"], title: string, kind: string, card: Box): Svg {
  const [x, y] = [card.x + card.width / 2, card.y + card.height / 2];
  const lines = widthOf(title) > card.width ? inTwo(title) : [title];
  const className = lines.some((line) => widthOf(line) > card.width - 8) ? "name tight" : "name";
  const top = y - (lines.length === 1 ? 2.5 : 10);
  return element(
    "g",
    { class: room },
    box("card", card),
    ...lines.map((line, index) => text(className, x, top + index * 13, line, "middle")),
    text("small", x, top + lines.length * 13 + 3, kind, "middle"),
  );
}

/** Pixels of a name, at most: which letters the reader has is not known. */
const widthOf = (words: string): number => words.length * 7;

function inTwo(title: string): string[] {
  const hyphen = title.lastIndexOf("-") + 1;
  return [title.slice(0, hyphen), title.slice(hyphen)];
}

/** The line that leads from the plugs of a row to what they talk to. */
function drawBus({ to, y }: Row, { columns, destinations, nat }: NetworkLayout, all: readonly Conversation[]): Svg {
  const plugged = columns.filter(({ party }) => all.some((one) => one.from === party.group && one.to === to));
  const [first] = plugged;
  if (!first) return "";
  if (to !== "internet") return path("wire", `M${at(first.x, y)}L${at(destinations - 2, y)}`, "arrow");
  const x = destinations + DESTINATION.width / 2;
  return path(
    "wire",
    `M${at(first.x, y)}L${at(x - 8, y)}Q${at(x, y)} ${at(x, y - 8)}L${at(x, nat.y + nat.height + 2)}`,
    "arrow",
  );
}

/** From a program down to the last row where it talks, with a plug at each. */
function drawWire({ party, card, x }: Column, rows: readonly Row[], all: readonly Conversation[]): Svg {
  const plugs = rows.flatMap((row) => {
    const ports = all.filter(({ from, to }) => from === party.group && to === row.to).map(({ port }) => port);
    return ports.length > 0 ? [{ y: row.y, ports, isOutside: row.to === "internet" }] : [];
  });
  const last = plugs.at(-1);
  if (!last) return "";
  return element(
    "g",
    { class: party.room },
    path("wire tinted", `M${at(x, card.y + card.height)}L${at(x, last.y)}`),
    ...plugs.flatMap(({ y, ports, isOutside }) => [
      dot("plug", x, y, 5),
      ...(isOutside ? [text("small", x + 8, y - 6, ports.join(", "))] : []),
    ]),
  );
}

function drawBalancer(
  { group, room, title }: Party,
  card: Box,
  layout: NetworkLayout,
  all: readonly Conversation[],
): Svg {
  const { internet, columns } = layout;
  const middle = card.x + card.width / 2;
  const opened = all.filter(({ from, to }) => from === "internet" && to === group).map(({ port }) => port);
  const led = columns.filter(({ party }) => all.some(({ from, to }) => from === group && to === party.group));
  const called = led.length > 0 ? [] : columns.filter(({ party }) => party.room === room);
  const down = (x: number, className: string, to: Column) =>
    path(className, `M${at(x, card.y + card.height)}L${at(x, to.card.y - 2)}`, "arrow");
  const ports = [...new Set(all.filter(({ from }) => from === group).map(({ port }) => port))];
  return element(
    "g",
    { class: room },
    path("wire", `M${at(middle, internet.y + internet.height)}L${at(middle, card.y - 2)}`, "arrow"),
    text("small", middle + 8, internet.y + internet.height + 18, opened.join(", ")),
    ...led.map((to) => down(to.x, "wire", to)),
    ...(led[0] ? [text("small", led[0].x + 8, card.y + card.height + 17, ports.join(", "))] : []),
    ...called.flatMap((to) => [
      down(to.x, "wire dashed", to),
      text("small", to.x + 8, card.y + card.height + 17, "invokes"),
    ]),
    drawParty(room, title, "load balancer", card),
  );
}

/** From one program to another, over the cards between them. */
function drawAside(from: Column, to: Column, port: number): Svg {
  const y = from.card.y - 14;
  const end = to.x + CARD.width / 2 - 14;
  const d = `M${at(from.x, from.card.y)}L${at(from.x, y + 8)}Q${at(from.x, y)} ${at(from.x - 8, y)}L${at(end + 8, y)}Q${at(end, y)} ${at(end, y + 8)}L${at(end, to.card.y - 2)}`;
  return element(
    "g",
    { class: from.party.room },
    path("wire", d, "arrow"),
    text("small", from.x + 8, y + 6, String(port)),
  );
}

function drawNat({ nat, internet, tiers }: NetworkLayout): Svg[] {
  const zones = tiers.flatMap(({ tier }) => tier.natZones).length;
  const x = nat.x + nat.width / 2;
  return [
    path("wire", `M${at(x, nat.y)}L${at(x, internet.y + internet.height + 2)}`, "arrow"),
    drawParty(
      "shared",
      zones === 1 ? "NAT gateway" : "NAT gateways",
      zones === 1 ? "for all zones" : "in each zone",
      nat,
    ),
  ];
}

function drawDestination(
  { to, title, kind, room, y }: Row,
  { destinations }: NetworkLayout,
  all: readonly Conversation[],
): Svg {
  const card = { x: destinations, y: y - DESTINATION.height / 2, ...DESTINATION };
  const ports = [...new Set(all.filter((one) => one.to === to).map(({ port }) => port))];
  return drawParty(room, NAMES[title] ?? title, [kind, ...ports].join(" · "), card);
}

/** As their makers write them. */
const NAMES: Readonly<Record<string, string>> = { s3: "S3", dynamodb: "DynamoDB", secretsmanager: "Secrets Manager" };

/** The systems' colors, from right to left in the last line. */
function drawLegend({ vpc, height }: NetworkLayout): Svg {
  const entries = ROOMS.toReversed().map(({ name, title }, index) => {
    const x = vpc.x + vpc.width - 62 - index * 78;
    const square = { x, y: height - 29, width: 10, height: 10 };
    return element("g", { class: name }, box("bar", square, 3), text("small", x + 16, height - 20, title));
  });
  return element("g", {}, ...entries);
}

function drawOutside({ outside }: Network, frame: Box): Svg[] {
  const label = "Outside of the network, functions that use nothing in it";
  const cards = outside.map(({ title, room }, index) => {
    const card = { x: frame.x + 16 + index * 122, y: frame.y + 26, width: 112, height: 26 };
    return element(
      "g",
      { class: room },
      box("card", card),
      text("name tight", card.x + 56, card.y + 17.5, title, "middle"),
    );
  });
  return [text("label", frame.x + 16, frame.y + 14, label.toUpperCase()), ...cards];
}
