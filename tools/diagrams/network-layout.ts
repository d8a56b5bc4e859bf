import type { Conversation, Network, Party, Tier } from "./network.ts";
import { ROOMS } from "./rooms.ts";
import type { Box } from "./svg.ts";

/** A program and the column that it has to itself. */
export interface Column {
  readonly party: Party;
  readonly card: Box;
  /** Of its wires, in the middle of the card. */
  readonly x: number;
}

/** Something that programs talk to. */
export interface Destination {
  /** A party's group, `internet`, or a service behind a gateway endpoint. */
  readonly to: string;
  readonly title: string;
  readonly kind: string;
  readonly room: Party["room"];
}

/** The line that it has to itself. */
export interface Row extends Destination {
  readonly y: number;
}

export interface NetworkLayout {
  readonly width: number;
  readonly height: number;
  readonly internet: Box;
  readonly vpc: Box;
  readonly tiers: readonly { readonly tier: Tier; readonly title: string; readonly frame: Box }[];
  readonly columns: readonly Column[];
  readonly balancers: readonly { readonly party: Party; readonly card: Box }[];
  readonly rows: readonly Row[];
  /** Left edge of what programs talk to. */
  readonly destinations: number;
  readonly nat: Box;
  readonly outside: Box;
}

export const CARD = { width: 106, height: 52 };
export const DESTINATION = { width: 148, height: 42 };
const ROW = 52;
const MARGIN = 32;
const PITCH = 114;
const PANEL = 140;
const INTERNET = 40;
const ABOVE_CARDS = 44;

/** A column for each program and a row for everything that they talk to: where the two may talk, there is a plug. */
export function layOutNetwork(network: Network): NetworkLayout {
  const [open, closed, store] = ["public", "private", "db"].map((name) => tierOf(network, name));
  if (!open || !closed || !store) throw new Error("a tier is missing");
  const programs = network.parties
    .filter(({ tier, kind }) => tier === "private" && kind !== "interface endpoint")
    .toSorted((a, b) => rank(a, network.conversations) - rank(b, network.conversations)); // keeps the order of equals
  const left = MARGIN + 2 * 16 + PANEL;
  const destinations = left + programs.length * PITCH + 20;
  const frame = { x: MARGIN + 16, width: destinations + DESTINATION.width + 16 - MARGIN - 16 };
  const width = frame.x + frame.width + 16 + MARGIN;

  const vpcTop = MARGIN + INTERNET + 30;
  const openTop = vpcTop + 38;
  const openFrame = { ...frame, y: openTop, height: 88 };
  const closedTop = openTop + openFrame.height + 16;
  const cardsTop = closedTop + ABOVE_CARDS;
  const inside: readonly Destination[] = [
    { to: "internet", title: "", kind: "", room: "shared" },
    ...network.gatewayEndpoints.map((to) => ({ to, title: to, kind: "gateway endpoint", room: "shared" }) as const),
    ...network.parties
      .filter(({ kind }) => kind === "interface endpoint")
      .map((party) => ({ ...party, to: party.group })),
  ];
  const firstRow = cardsTop + CARD.height + 34;
  const closedFrame = { ...frame, y: closedTop, height: firstRow + inside.length * ROW - 12 - closedTop };
  const storeTop = closedTop + closedFrame.height + 16;
  const stores: readonly Destination[] = network.parties
    .filter(({ tier }) => tier === "db")
    .map((party) => ({ ...party, to: party.group }));
  const storeFrame = { ...frame, y: storeTop, height: Math.max(stores.length, 2) * ROW + 14 };
  const vpc = { x: MARGIN, y: vpcTop, width: frame.width + 32, height: storeTop + storeFrame.height + 16 - vpcTop };

  const columns = programs.map((party, index): Column => {
    const card = { x: left + index * PITCH, y: cardsTop, ...CARD };
    return { party, card, x: card.x + CARD.width / 2 };
  });
  const outside = { x: MARGIN, y: vpc.y + vpc.height + 20, width: vpc.width, height: 60 };
  return {
    width,
    height: outside.y + outside.height + 48,
    internet: { x: MARGIN, y: MARGIN, width: vpc.width, height: INTERNET },
    vpc,
    tiers: [
      { tier: open, title: "Public subnets", frame: openFrame },
      { tier: closed, title: "Private subnets", frame: closedFrame },
      { tier: store, title: "Database subnets", frame: storeFrame },
    ],
    columns,
    balancers: network.parties
      .filter(({ tier }) => tier === "public")
      .map((party) => ({ party, card: above(party, columns, network.conversations, openTop + 18) })),
    rows: [
      ...inside.map((row, index) => ({ ...row, y: firstRow + index * ROW + 6 })),
      ...stores.map((row, index) => ({
        ...row,
        y: storeTop + storeFrame.height / 2 + (index - (stores.length - 1) / 2) * ROW,
      })),
    ],
    destinations,
    nat: { x: destinations, y: openTop + 18, width: DESTINATION.width, height: CARD.height },
    outside,
  };
}

const tierOf = (network: Network, name: string): Tier | undefined => network.tiers.find((tier) => tier.name === name);

/** Systems in their order; in each those first that a load balancer leads to. */
function rank({ room, group }: Party, conversations: readonly Conversation[]): number {
  const system = ROOMS.findIndex(({ name }) => name === room);
  const isServed = conversations.some(({ to, from }) => to === group && from.endsWith("-balancer"));
  return system * 2 + (isServed ? 0 : 1);
}

/** Over the programs that it leads to, or over those of its system. */
function above(
  { group, room }: Party,
  columns: readonly Column[],
  conversations: readonly Conversation[],
  y: number,
): Box {
  const targets = new Set(conversations.filter(({ from }) => from === group).map(({ to }) => to));
  const led = columns.filter(({ party }) => targets.has(party.group));
  const below = led.length > 0 ? led : columns.filter(({ party }) => party.room === room);
  const [first, last] = [below[0], below.at(-1)];
  if (!first || !last) throw new Error(`${group} leads nowhere`);
  return { x: first.card.x, y, width: last.card.x + CARD.width - first.card.x, height: CARD.height };
}
