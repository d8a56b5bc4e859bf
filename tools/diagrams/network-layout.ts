import type { Connection, Network, NetworkMember, Tier } from "./network.ts";
import type { Box } from "./svg.ts";
import { SYSTEMS } from "./systems.ts";

/** A workload of the private tier and its column. */
export interface Column {
  readonly member: NetworkMember;
  readonly card: Box;
  /** The center of the card, where its line is drawn. */
  readonly x: number;
}

/** What workloads connect to. */
export interface Destination {
  /** The group of a member, `internet`, or the service of a gateway endpoint. */
  readonly to: string;
  readonly title: string;
  readonly kind: string;
  readonly system: NetworkMember["system"];
}

/** A destination and its row. */
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
  readonly loadBalancers: readonly { readonly member: NetworkMember; readonly card: Box }[];
  readonly rows: readonly Row[];
  /** The left edge of the destinations' cards. */
  readonly destinations: number;
  readonly nat: Box;
  readonly functionsOutside: Box;
}

export const CARD = { width: 106, height: 52 };
export const DESTINATION = { width: 148, height: 42 };
const ROW = 52;
const MARGIN = 32;
const PITCH = 114;
const PANEL = 140;
const INTERNET = 40;
const ABOVE_CARDS = 44;

/** A column for each workload and a row for each destination; a dot is drawn where a connection is allowed. */
export function layOutNetwork(network: Network): NetworkLayout {
  const [publicTier, privateTier, databaseTier] = ["public", "private", "db"].map((name) => tierOf(network, name));
  if (!publicTier || !privateTier || !databaseTier) throw new Error("The network lacks a public, private or db tier.");
  const workloads = network.members
    .filter(({ tier, kind }) => tier === "private" && kind !== "interface endpoint")
    .toSorted((a, b) => rank(a, network.connections) - rank(b, network.connections)); // The sort is stable.
  const left = MARGIN + 2 * 16 + PANEL;
  const destinations = left + workloads.length * PITCH + 20;
  const frame = { x: MARGIN + 16, width: destinations + DESTINATION.width + 16 - MARGIN - 16 };
  const width = frame.x + frame.width + 16 + MARGIN;

  const vpcTop = MARGIN + INTERNET + 30;
  const publicTop = vpcTop + 38;
  const publicFrame = { ...frame, y: publicTop, height: 88 };
  const privateTop = publicTop + publicFrame.height + 16;
  const cardsTop = privateTop + ABOVE_CARDS;
  const privateDestinations: readonly Destination[] = [
    { to: "internet", title: "", kind: "", system: "shared" },
    ...network.gatewayEndpoints.map((to) => ({ to, title: to, kind: "gateway endpoint", system: "shared" }) as const),
    ...network.members
      .filter(({ kind }) => kind === "interface endpoint")
      .map((member) => ({ ...member, to: member.group })),
  ];
  const firstRow = cardsTop + CARD.height + 34;
  const privateFrame = {
    ...frame,
    y: privateTop,
    height: firstRow + privateDestinations.length * ROW - 12 - privateTop,
  };
  const databaseTop = privateTop + privateFrame.height + 16;
  const databases: readonly Destination[] = network.members
    .filter(({ tier }) => tier === "db")
    .map((member) => ({ ...member, to: member.group }));
  const databaseFrame = { ...frame, y: databaseTop, height: Math.max(databases.length, 2) * ROW + 14 };
  const vpc = {
    x: MARGIN,
    y: vpcTop,
    width: frame.width + 32,
    height: databaseTop + databaseFrame.height + 16 - vpcTop,
  };

  const columns = workloads.map((member, index): Column => {
    const card = { x: left + index * PITCH, y: cardsTop, ...CARD };
    return { member, card, x: card.x + CARD.width / 2 };
  });
  const functionsOutside = { x: MARGIN, y: vpc.y + vpc.height + 20, width: vpc.width, height: 60 };
  return {
    width,
    height: functionsOutside.y + functionsOutside.height + 48,
    internet: { x: MARGIN, y: MARGIN, width: vpc.width, height: INTERNET },
    vpc,
    tiers: [
      { tier: publicTier, title: "Public subnets", frame: publicFrame },
      { tier: privateTier, title: "Private subnets", frame: privateFrame },
      { tier: databaseTier, title: "Database subnets", frame: databaseFrame },
    ],
    columns,
    loadBalancers: network.members
      .filter(({ tier }) => tier === "public")
      .map((member) => ({ member, card: loadBalancerCard(member, columns, network.connections, publicTop + 18) })),
    rows: [
      ...privateDestinations.map((row, index) => ({ ...row, y: firstRow + index * ROW + 6 })),
      ...databases.map((row, index) => ({
        ...row,
        y: databaseTop + databaseFrame.height / 2 + (index - (databases.length - 1) / 2) * ROW,
      })),
    ],
    destinations,
    nat: { x: destinations, y: publicTop + 18, width: DESTINATION.width, height: CARD.height },
    functionsOutside,
  };
}

const tierOf = (network: Network, name: string): Tier | undefined => network.tiers.find((tier) => tier.name === name);

/** Sorts by system, and within a system puts the targets of a load balancer first. */
function rank({ system, group }: NetworkMember, connections: readonly Connection[]): number {
  const position = SYSTEMS.findIndex(({ name }) => name === system);
  const isTarget = connections.some(({ to, from }) => to === group && from.endsWith("-balancer"));
  return position * 2 + (isTarget ? 0 : 1);
}

/** The card of a load balancer, above its targets or, without targets, above the workloads of its system. */
function loadBalancerCard(
  { group, system }: NetworkMember,
  columns: readonly Column[],
  connections: readonly Connection[],
  y: number,
): Box {
  const targets = new Set(connections.filter(({ from }) => from === group).map(({ to }) => to));
  const targetColumns = columns.filter(({ member }) => targets.has(member.group));
  const below = targetColumns.length > 0 ? targetColumns : columns.filter(({ member }) => member.system === system);
  const [first, last] = [below[0], below.at(-1)];
  if (!first || !last) throw new Error(`The load balancer ${group} has no workload to be drawn above.`);
  return { x: first.card.x, y, width: last.card.x + CARD.width - first.card.x, height: CARD.height };
}
