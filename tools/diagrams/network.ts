import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { USER } from "./flow.ts";
import type { MarkName } from "./marks.ts";
import { permissionFlows } from "./permission-flows.ts";
import { apiFlows, eventFlows } from "./service-flows.ts";
import { type System, systemOf } from "./systems.ts";

export interface Subnet {
  readonly zone: string;
  readonly cidrBlock: string;
}

/** Subnets with the same purpose, one per availability zone. */
export interface Tier {
  readonly name: string;
  readonly subnets: readonly Subnet[];
  /** The zones in which its subnet has a NAT gateway. */
  readonly natZones: readonly string[];
}

/** A resource with a security group. */
export interface NetworkMember {
  /** Name of the security group without the prefix of the environment. */
  readonly group: string;
  readonly title: string;
  /** Such as `Lambda` or `Fargate`. */
  readonly kind: string;
  readonly system: System["name"];
  /** Name of its tier. */
  readonly tier: string;
  readonly mark: MarkName;
  readonly resource: Resource;
}

/** What invokes a workload from outside of the VPC. */
export interface NetworkEntry {
  readonly mark: MarkName;
  readonly title: string;
  readonly resource: Resource;
}

/** A connection that the security groups allow. */
export interface Connection {
  /** The group of a member, or `internet`. */
  readonly from: string;
  /** The group of a member, `internet`, or the service of a gateway endpoint. */
  readonly to: string;
  readonly port: number;
}

export interface Network {
  readonly cidrBlock: string;
  readonly tiers: readonly Tier[];
  readonly members: readonly NetworkMember[];
  readonly connections: readonly Connection[];
  readonly entries: readonly NetworkEntry[];
  /** Services that are reached through route tables, without an address in the network. */
  readonly gatewayEndpoints: readonly string[];
  /** Functions without a VPC configuration. */
  readonly functionsOutside: readonly { readonly title: string; readonly system: System["name"] }[];
}

/** How to find the security groups, the subnets and a title of a resource type. */
interface MemberType {
  readonly kind: string;
  readonly mark: MarkName;
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

const nameTag = ({ tags }: Resource["attributes"]): string => (tags as { readonly Name: string }).Name;

const networkInterfacesOfTemplate = ({ stack, attributes }: Resource, stacks: SynthesizedStacks): unknown =>
  stacks
    .references(stack, nested(attributes).launch_template?.id)
    .map((template) => template.attributes.network_interfaces);

const MEMBER_TYPES: Readonly<Record<string, MemberType>> = {
  aws_lb: {
    kind: "load balancer",
    mark: "load-balancer",
    groups: ({ attributes }) => attributes.security_groups,
    subnets: ({ subnets }) => subnets,
    title: ({ name }) => name,
  },
  aws_lambda_function: {
    kind: "Lambda",
    mark: "lambda",
    groups: ({ attributes }) => nested(attributes).vpc_config?.security_group_ids,
    subnets: (attributes) => nested(attributes).vpc_config?.subnet_ids,
    title: ({ function_name }) => function_name,
  },
  aws_autoscaling_group: {
    kind: "EC2",
    mark: "machine",
    groups: networkInterfacesOfTemplate,
    subnets: ({ vpc_zone_identifier }) => vpc_zone_identifier,
    title: ({ name }) => name,
  },
  aws_ecs_service: {
    kind: "Fargate",
    mark: "container",
    groups: ({ attributes }) => nested(attributes).network_configuration?.security_groups,
    subnets: (attributes) => nested(attributes).network_configuration?.subnets,
    title: ({ name }) => name,
  },
  aws_instance: {
    kind: "EC2",
    mark: "machine",
    groups: networkInterfacesOfTemplate,
    subnets: ({ subnet_id }) => subnet_id,
    title: nameTag,
  },
  aws_vpc_endpoint: {
    kind: "interface endpoint",
    mark: "endpoint",
    groups: ({ attributes }) => attributes.security_group_ids,
    subnets: ({ subnet_ids }) => subnet_ids,
    title: nameTag,
  },
  aws_db_instance: {
    kind: "RDS",
    mark: "database",
    groups: ({ attributes }) => attributes.vpc_security_group_ids,
    subnets: ({ db_subnet_group_name }) => db_subnet_group_name,
    title: () => "PostgreSQL",
  },
  aws_elasticache_replication_group: {
    kind: "ElastiCache",
    mark: "cache",
    groups: ({ attributes }) => attributes.security_group_ids,
    subnets: ({ subnet_group_name }) => subnet_group_name,
    title: () => "Valkey",
  },
};

/** The network of synthesized stacks. @param prefix of the names in the environment. */
export function networkOf(stacks: SynthesizedStacks, prefix: string): Network {
  const [vpc] = stacks.ofType("aws_vpc");
  if (!vpc) throw new Error("The stacks contain no aws_vpc.");
  const withoutPrefix = (name: unknown) => String(name).replace(`${prefix}-`, "");
  return {
    cidrBlock: String(vpc.attributes.cidr_block),
    tiers: tiersOf(stacks, withoutPrefix),
    members: stacks.resources.flatMap((resource) => memberOf(resource, stacks, withoutPrefix)),
    connections: connectionsOf(stacks, withoutPrefix),
    entries: entriesOf(stacks),
    gatewayEndpoints: stacks
      .ofType("aws_vpc_endpoint")
      .filter(({ attributes }) => attributes.vpc_endpoint_type === "Gateway")
      .map(({ attributes }) => withoutPrefix(nameTag(attributes))),
    functionsOutside: stacks
      .ofType("aws_lambda_function")
      .filter(({ attributes }) => nested(attributes).vpc_config === undefined)
      .map(({ stack, attributes }) => ({
        title: withoutPrefix(attributes.function_name),
        system: systemOf(stack).name,
      })),
  };
}

const ENTRY_TYPES: Readonly<Record<string, Omit<NetworkEntry, "resource">>> = {
  aws_apigatewayv2_api: { mark: "api-gateway", title: "API Gateway" },
  aws_sqs_queue: { mark: "queue", title: "SQS" },
  aws_scheduler_schedule: { mark: "schedule", title: "Scheduler" },
};

/** Invocations by services, by the deployment, and sessions of users. */
function entriesOf(stacks: SynthesizedStacks): NetworkEntry[] {
  const flows = [...apiFlows(stacks), ...eventFlows(stacks), ...permissionFlows(stacks)];
  const invoked = flows.flatMap(({ from, to }) => {
    const entry = ENTRY_TYPES[from.resource?.type ?? ""];
    if (entry && to.resource) return [{ ...entry, resource: to.resource }];
    if (from === USER && to.resource?.type === "aws_instance") {
      return [{ mark: "user" as const, title: "Session Manager", resource: to.resource }];
    }
    return [];
  });
  // An invocation names its function by a literal instead of a reference.
  const names = stacks.ofType("aws_lambda_invocation").map(({ attributes }) => attributes.function_name);
  const deployed = stacks
    .ofType("aws_lambda_function")
    .filter(({ attributes }) => names.includes(attributes.function_name))
    .map((resource) => ({ mark: "user" as const, title: "deployment", resource }));
  return [...invoked, ...deployed];
}

type WithoutPrefix = (name: unknown) => string;

function tiersOf(stacks: SynthesizedStacks, withoutPrefix: WithoutPrefix): Tier[] {
  const gateways = stacks
    .ofType("aws_nat_gateway")
    .flatMap(({ stack, attributes }) => stacks.references(stack, attributes.subnet_id));
  const names = new Set(stacks.ofType("aws_subnet").map((subnet) => tierName(subnet, withoutPrefix)));
  return [...names].map((name) => {
    const subnets = stacks.ofType("aws_subnet").filter((subnet) => tierName(subnet, withoutPrefix) === name);
    return {
      name,
      subnets: subnets.map((subnet) => ({ zone: zoneOf(subnet), cidrBlock: String(subnet.attributes.cidr_block) })),
      natZones: subnets.filter((subnet) => gateways.includes(subnet)).map(zoneOf),
    };
  });
}

const zoneOf = ({ attributes }: Resource): string => String(attributes.availability_zone);

/** The part of a name before the zone: `public` for `nv-demo-public-us-east-1a`. */
const tierName = (subnet: Resource, withoutPrefix: WithoutPrefix): string =>
  withoutPrefix(nameTag(subnet.attributes)).replace(`-${zoneOf(subnet)}`, "");

function memberOf(resource: Resource, stacks: SynthesizedStacks, withoutPrefix: WithoutPrefix): NetworkMember[] {
  const type = MEMBER_TYPES[resource.type];
  if (!type) return [];
  const { stack, attributes } = resource;
  const [group] = groupsIn(stacks, stack, type.groups(resource, stacks));
  const [subnet] = subnetsIn(stacks, stack, type.subnets(attributes));
  if (!group || !subnet) return [];
  return [
    {
      group: withoutPrefix(group.attributes.name),
      title: withoutPrefix(type.title(attributes)),
      kind: type.kind,
      mark: type.mark,
      system: systemOf(stack).name,
      tier: tierName(subnet, withoutPrefix),
      resource,
    },
  ];
}

const groupsIn = (stacks: SynthesizedStacks, stack: string, value: unknown): readonly Resource[] =>
  stacks.references(stack, value).filter(({ type }) => type === "aws_security_group");

/** Databases refer to a subnet group instead of subnets. */
const subnetsIn = (stacks: SynthesizedStacks, stack: string, value: unknown): readonly Resource[] =>
  stacks
    .references(stack, value)
    .flatMap((one) => (one.type === "aws_subnet" ? [one] : stacks.references(one.stack, one.attributes.subnet_ids)));

/** Each connection once, although there is a rule at both of its ends. */
function connectionsOf(stacks: SynthesizedStacks, withoutPrefix: WithoutPrefix): Connection[] {
  const nameOf = (stack: string, value: unknown): string | undefined => {
    const [found] = stacks.references(stack, value);
    if (found?.type === "aws_security_group") return withoutPrefix(found.attributes.name);
    return found && withoutPrefix(nameTag(found.attributes));
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
