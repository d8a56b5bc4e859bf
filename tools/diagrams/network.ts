import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { type Room, roomOf } from "./rooms.ts";

export interface Subnet {
  readonly zone: string;
  readonly cidrBlock: string;
}

/** Subnets of one purpose, one in each zone. */
export interface Tier {
  readonly name: string;
  readonly subnets: readonly Subnet[];
  /** Zones of its subnets that have a NAT gateway. */
  readonly natZones: readonly string[];
}

/** Something with a security group. */
export interface Party {
  /** The group's name without the environment's prefix. */
  readonly group: string;
  readonly title: string;
  /** Such as `Lambda` or `Fargate`. */
  readonly kind: string;
  readonly room: Room["name"];
  /** Name of its tier. */
  readonly tier: string;
}

/** Connections that the security groups allow. */
export interface Conversation {
  /** A party's group, or `internet`. */
  readonly from: string;
  /** A party's group, `internet`, or the service of a gateway endpoint. */
  readonly to: string;
  readonly port: number;
}

export interface Network {
  readonly cidrBlock: string;
  readonly tiers: readonly Tier[];
  readonly parties: readonly Party[];
  readonly conversations: readonly Conversation[];
  /** Services that are reached by routes and have no address in the network. */
  readonly gatewayEndpoints: readonly string[];
  /** Functions that run outside of the network, with their system. */
  readonly outside: readonly { readonly title: string; readonly room: Room["name"] }[];
}

/** Where a type says its security groups and its subnets, and what a person calls it. */
interface PartyType {
  readonly kind: string;
  groups(resource: Resource, stacks: SynthesizedStacks): unknown;
  subnets(attributes: Resource["attributes"]): unknown;
  title(attributes: Resource["attributes"]): unknown;
}

interface Nested {
  readonly vpc_config?: { readonly security_group_ids: unknown; readonly subnet_ids: unknown };
  readonly network_configuration?: { readonly security_groups: unknown; readonly subnets: unknown };
  readonly launch_template?: { readonly id: string };
}
const nested = (attributes: Resource["attributes"]): Nested => attributes as unknown as Nested;

const ofTemplate = ({ stack, attributes }: Resource, stacks: SynthesizedStacks): unknown =>
  stacks
    .references(stack, nested(attributes).launch_template?.id)
    .map((template) => template.attributes.network_interfaces);

const PARTY_TYPES: Readonly<Record<string, PartyType>> = {
  aws_lb: {
    kind: "load balancer",
    groups: ({ attributes }) => attributes.security_groups,
    subnets: ({ subnets }) => subnets,
    title: ({ name }) => name,
  },
  aws_lambda_function: {
    kind: "Lambda",
    groups: ({ attributes }) => nested(attributes).vpc_config?.security_group_ids,
    subnets: (attributes) => nested(attributes).vpc_config?.subnet_ids,
    title: ({ function_name }) => function_name,
  },
  aws_autoscaling_group: {
    kind: "EC2",
    groups: ofTemplate,
    subnets: ({ vpc_zone_identifier }) => vpc_zone_identifier,
    title: ({ name }) => name,
  },
  aws_ecs_service: {
    kind: "Fargate",
    groups: ({ attributes }) => nested(attributes).network_configuration?.security_groups,
    subnets: (attributes) => nested(attributes).network_configuration?.subnets,
    title: ({ name }) => name,
  },
  aws_instance: {
    kind: "EC2",
    groups: ofTemplate,
    subnets: ({ subnet_id }) => subnet_id,
    title: ({ tags }) => (tags as { Name: string }).Name,
  },
  aws_vpc_endpoint: {
    kind: "interface endpoint",
    groups: ({ attributes }) => attributes.security_group_ids,
    subnets: ({ subnet_ids }) => subnet_ids,
    title: ({ tags }) => (tags as { Name: string }).Name,
  },
  aws_db_instance: {
    kind: "RDS",
    groups: ({ attributes }) => attributes.vpc_security_group_ids,
    subnets: ({ db_subnet_group_name }) => db_subnet_group_name,
    title: () => "PostgreSQL",
  },
  aws_elasticache_replication_group: {
    kind: "ElastiCache",
    groups: ({ attributes }) => attributes.security_group_ids,
    subnets: ({ subnet_group_name }) => subnet_group_name,
    title: () => "Valkey",
  },
};

/** The network of synthesized stacks. @param prefix of the environment's names. */
export function networkOf(stacks: SynthesizedStacks, prefix: string): Network {
  const [vpc] = stacks.ofType("aws_vpc");
  if (!vpc) throw new Error("there is no VPC");
  const short = (name: unknown) => String(name).replace(`${prefix}-`, "");
  return {
    cidrBlock: String(vpc.attributes.cidr_block),
    tiers: tiersOf(stacks, short),
    parties: stacks.resources.flatMap((resource) => partyOf(resource, stacks, short)),
    conversations: conversationsOf(stacks, short),
    gatewayEndpoints: stacks
      .ofType("aws_vpc_endpoint")
      .filter(({ attributes }) => attributes.vpc_endpoint_type === "Gateway")
      .map(({ attributes }) => short((attributes.tags as { Name: string }).Name)),
    outside: stacks
      .ofType("aws_lambda_function")
      .filter(({ attributes }) => nested(attributes).vpc_config === undefined)
      .map(({ stack, attributes }) => ({ title: short(attributes.function_name), room: roomOf(stack).name })),
  };
}

type Short = (name: unknown) => string;

function tiersOf(stacks: SynthesizedStacks, short: Short): Tier[] {
  const gateways = stacks
    .ofType("aws_nat_gateway")
    .flatMap(({ stack, attributes }) => stacks.references(stack, attributes.subnet_id));
  const names = new Set(stacks.ofType("aws_subnet").map((subnet) => tierName(subnet, short)));
  return [...names].map((name) => {
    const subnets = stacks.ofType("aws_subnet").filter((subnet) => tierName(subnet, short) === name);
    return {
      name,
      subnets: subnets.map((subnet) => ({ zone: zoneOf(subnet), cidrBlock: String(subnet.attributes.cidr_block) })),
      natZones: subnets.filter((subnet) => gateways.includes(subnet)).map(zoneOf),
    };
  });
}

const zoneOf = ({ attributes }: Resource): string => String(attributes.availability_zone);

/** Of `nv-demo-public-us-east-1a` the word before the zone. */
const tierName = (subnet: Resource, short: Short): string =>
  short((subnet.attributes.tags as { Name: string }).Name).replace(`-${zoneOf(subnet)}`, "");

function partyOf(resource: Resource, stacks: SynthesizedStacks, short: Short): Party[] {
  const type = PARTY_TYPES[resource.type];
  if (!type) return [];
  const { stack, attributes } = resource;
  const [group] = groupsIn(stacks, stack, type.groups(resource, stacks));
  const [subnet] = subnetsIn(stacks, stack, type.subnets(attributes));
  if (!group || !subnet) return [];
  return [
    {
      group: short(group.attributes.name),
      title: short(type.title(attributes)),
      kind: type.kind,
      room: roomOf(stack).name,
      tier: tierName(subnet, short),
    },
  ];
}

const groupsIn = (stacks: SynthesizedStacks, stack: string, value: unknown): readonly Resource[] =>
  stacks.references(stack, value).filter(({ type }) => type === "aws_security_group");

/** Databases name a group of subnets instead. */
const subnetsIn = (stacks: SynthesizedStacks, stack: string, value: unknown): readonly Resource[] =>
  stacks
    .references(stack, value)
    .flatMap((one) => (one.type === "aws_subnet" ? [one] : stacks.references(one.stack, one.attributes.subnet_ids)));

/** Each said once, although the rules say it at both of its ends. */
function conversationsOf(stacks: SynthesizedStacks, short: Short): Conversation[] {
  const nameOf = (stack: string, value: unknown): string | undefined => {
    const [found] = stacks.references(stack, value);
    if (found?.type === "aws_security_group") return short(found.attributes.name);
    return found && short((found.attributes.tags as { Name: string }).Name);
  };
  const all = [true, false].flatMap((isEgress) =>
    stacks.ofType(`aws_vpc_security_group_${isEgress ? "egress" : "ingress"}_rule`).flatMap(({ stack, attributes }) => {
      const { security_group_id, referenced_security_group_id, prefix_list_id, cidr_ipv4, from_port } = attributes;
      const own = nameOf(stack, security_group_id);
      const other = nameOf(stack, referenced_security_group_id ?? prefix_list_id) ?? (cidr_ipv4 && "internet");
      if (own === undefined || typeof other !== "string") return [];
      return [{ from: isEgress ? own : other, to: isEgress ? other : own, port: Number(from_port) }];
    }),
  );
  return [...new Map(all.map((one) => [`${one.from} ${one.to} ${one.port}`, one])).values()];
}
