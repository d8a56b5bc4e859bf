import { CHARACTER, LINE_HEIGHT, wrapLabel } from "./labels.ts";
import type { MarkName } from "./marks.ts";
import type { Connection, Network, NetworkEntry, NetworkMember } from "./network.ts";
import type { Box } from "./svg.ts";
import { SYSTEMS } from "./systems.ts";

/** A workload of the private subnets, and what it connects to. */
export interface Row {
  readonly member: NetworkMember;
  readonly mark: MarkName;
  readonly lines: readonly string[];
  /** The center of its mark. */
  readonly x: number;
  readonly y: number;
  /** What invokes it from outside of the VPC. */
  readonly entry: NetworkEntry | undefined;
}

/** What workloads connect to. */
export interface Column {
  /** The group of a member, `internet`, or the service of a gateway endpoint. */
  readonly to: string;
  readonly mark: MarkName;
  readonly title: string;
  readonly detail: string;
  /** The tier that it is in. */
  readonly tier: "public" | "private" | "db" | undefined;
  readonly x: number;
}

export interface Balancer {
  readonly member: NetworkMember;
  readonly y: number;
  readonly targets: readonly Row[];
}

/** Columns that are in the same tier, next to each other. */
export interface Band {
  readonly tier: "public" | "private" | "db";
  readonly title: string;
  readonly box: Box;
}

export interface NetworkLayout {
  readonly width: number;
  readonly height: number;
  readonly vpc: Box;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly balancers: readonly Balancer[];
  readonly bands: readonly Band[];
  /** The left edge of the first line of notes below the network. */
  readonly notes: { readonly x: number; readonly y: number };
}

export const MARK = 34;
export const ENTRY_X = 62;
export const BALANCER_X = 186;
const WIDTH = 830;
const MARGIN = 16;
const VPC_LEFT = 124;
const WORKLOAD_X = 270;
const LABEL_WIDTH = 96;
const COLUMNS_LEFT = WORKLOAD_X + MARK / 2 + 8 + LABEL_WIDTH + 12;
const HEADER_TOP = MARGIN + 54;
const FIRST_ROW = HEADER_TOP + 130;
const ROW = 62;
const NOTES = 5;
const SYSTEM_ORDER = SYSTEMS.map(({ name }) => name);

/** A row for each workload and a column for each destination; a dot is drawn where a connection is allowed. */
export function layOutNetwork(network: Network): NetworkLayout {
  const rows = network.members
    .filter(({ tier, kind }) => tier === "private" && kind !== "interface endpoint")
    .toSorted((a, b) => rank(a, network.connections) - rank(b, network.connections)) // The sort is stable.
    .map((member, index): Row => {
      const lines = wrapLabel(member.title, LABEL_WIDTH);
      const entry = network.entries.find(({ resource }) => resource === member.resource);
      return { member, mark: member.mark, lines, x: WORKLOAD_X, y: FIRST_ROW + index * ROW, entry };
    });
  const destinations = destinationsOf(network);
  const vpcRight = WIDTH - MARGIN;
  const pitch = (vpcRight - 10 - COLUMNS_LEFT) / destinations.length;
  const columns = destinations.map((one, index): Column => ({ ...one, x: COLUMNS_LEFT + (index + 0.5) * pitch }));
  const bottom = FIRST_ROW + (rows.length - 1) * ROW + ROW / 2;
  const vpc = { x: VPC_LEFT, y: MARGIN, width: vpcRight - VPC_LEFT, height: bottom + 12 - MARGIN };
  const balancers = network.members
    .filter(({ tier }) => tier === "public")
    .map((member) => balancerOf(member, rows, network.connections));
  const notes = { x: MARGIN, y: vpc.y + vpc.height + 26 };
  return {
    width: WIDTH,
    height: notes.y + NOTES * 18,
    vpc,
    rows,
    columns,
    balancers,
    bands: [...balancerBands(balancers), workloadBand(rows, bottom), ...columnBands(columns, pitch, bottom)],
    notes,
  };
}

/** Sorts by system, and within a system puts the targets of a load balancer first. */
function rank({ system, group }: NetworkMember, connections: readonly Connection[]): number {
  const isTarget = connections.some(({ to, from }) => to === group && from.endsWith("-balancer"));
  return SYSTEM_ORDER.indexOf(system) * 2 + (isTarget ? 0 : 1);
}

const ENDPOINT_TITLES: Readonly<Record<string, string>> = {
  s3: "S3",
  dynamodb: "DynamoDB",
  secretsmanager: "Secrets Manager",
};

/** Only what a workload of the private subnets connects to. */
function destinationsOf({ members, gatewayEndpoints, connections }: Network): Omit<Column, "x">[] {
  const tierOf = ({ tier }: NetworkMember): Column["tier"] => (tier === "private" || tier === "db" ? tier : undefined);
  const all: readonly Omit<Column, "x">[] = [
    { to: "internet", mark: "nat-gateway", title: "NAT gateway", detail: "to the internet", tier: "public" },
    ...gatewayEndpoints.map((to) => ({
      to,
      mark: "endpoint" as const,
      title: ENDPOINT_TITLES[to] ?? to,
      detail: "gateway endpoint",
      tier: undefined,
    })),
    ...members
      .filter(({ kind }) => kind === "interface endpoint")
      .map((member) => ({
        to: member.group,
        mark: member.mark,
        title: ENDPOINT_TITLES[member.title] ?? member.title,
        detail: "interface endpoint",
        tier: tierOf(member),
      })),
    ...members
      .filter(({ tier }) => tier === "db")
      .map((member) => ({
        to: member.group,
        mark: member.mark,
        title: member.title,
        detail: member.kind,
        tier: tierOf(member),
      })),
  ];
  return all.filter(({ to }) => connections.some((one) => one.to === to));
}

/** A load balancer is at the height of its targets; without connections, of the workloads that it invokes. */
function balancerOf(member: NetworkMember, rows: readonly Row[], connections: readonly Connection[]): Balancer {
  const connected = rows.filter(({ member: { group } }) =>
    connections.some(({ from, to }) => from === member.group && to === group),
  );
  const targets = connected.length > 0 ? connected : rows.filter((row) => row.member.system === member.system);
  const heights = targets.map(({ y }) => y);
  if (heights.length === 0) throw new Error(`The load balancer ${member.group} has no workload to be drawn beside.`);
  return { member, targets, y: (Math.min(...heights) + Math.max(...heights)) / 2 };
}

function balancerBands(balancers: readonly Balancer[]): Band[] {
  if (balancers.length === 0) return [];
  const heights = balancers.map(({ y }) => y);
  const y = Math.min(...heights) - MARK / 2 - 22;
  const height = Math.max(...heights) + MARK / 2 + 34 - y;
  return [{ tier: "public", title: "Public", box: { x: BALANCER_X - 46, y, width: 92, height } }];
}

function workloadBand(rows: readonly Row[], bottom: number): Band {
  const y = (rows[0]?.y ?? 0) - ROW / 2 - 18;
  const x = WORKLOAD_X - MARK / 2 - 10;
  return { tier: "private", title: "Private", box: { x, y, width: COLUMNS_LEFT - 6 - x, height: bottom - y } };
}

const BAND_TITLES = { public: "Public", private: "Private", db: "Database" } as const;

function columnBands(columns: readonly Column[], pitch: number, bottom: number): Band[] {
  return (["public", "private", "db"] as const).flatMap((tier) => {
    const xs = columns.filter((column) => column.tier === tier).map(({ x }) => x);
    if (xs.length === 0) return [];
    const x = Math.min(...xs) - pitch / 2 + 1;
    const y = HEADER_TOP - 26;
    return [
      { tier, title: BAND_TITLES[tier], box: { x, y, width: Math.max(...xs) + pitch / 2 - 1 - x, height: bottom - y } },
    ];
  });
}

/** Where the mark of a column is. */
export const headerY = HEADER_TOP + MARK / 2;

/** The lines of a label below a mark in the header. */
export const headerLines = (text: string, columns: readonly Column[]): string[] => {
  const pitch = (columns[1]?.x ?? 0) - (columns[0]?.x ?? 0);
  return wrapLabel(text, Math.max(pitch - 2, CHARACTER));
};

/** The baseline of a row's first line of text, which with the others is centered beside the mark. */
export const firstBaseline = ({ y, lines }: Row): number => y - ((lines.length + 1) * LINE_HEIGHT) / 2 + 11;
