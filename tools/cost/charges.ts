import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { type PriceName, priceName } from "./prices.ts";

/** What a resource is billed for each month, whether it is used or not. */
export interface Charge {
  readonly price: PriceName;
  /** In the price's unit. */
  readonly quantity: number;
}

/** AWS's own average, by which it turns prices an hour into prices a month. */
export const HOURS = 730;
const DAYS = HOURS / 24;

type Meter = (resource: Resource, stacks: SynthesizedStacks) => readonly Charge[];

const each = (thing: string, quantity = 1): Charge => ({ price: priceName(thing), quantity });
const hourly = (thing: string, count = 1): Charge => each(thing, count * HOURS);

/** Type → what is billed for it. */
const meters: Readonly<Record<string, Meter>> = {
  aws_appautoscaling_policy: ({ attributes }) =>
    attributes.policy_type === "TargetTrackingScaling" ? [each("alarm", 2)] : [], // it makes them itself, one for each direction
  aws_autoscaling_group: (group, stacks) => machines(group, stacks, Number(group.attributes.desired_capacity)),
  aws_cloudwatch_dashboard: () => [each("dashboard")],
  aws_cloudwatch_metric_alarm: () => [each("alarm")],
  aws_db_instance: database,
  aws_ecs_cluster: containerInsights,
  aws_ecs_service: containers,
  aws_eip: () => [hourly("public IPv4 address")],
  aws_elasticache_replication_group: ({ attributes }) => [
    hourly(String(attributes.node_type), Number(attributes.num_cache_clusters)),
  ],
  aws_instance: (instance, stacks) => machines(instance, stacks, 1),
  aws_kms_key: () => [each("KMS key")],
  // one public address in each of its subnets
  aws_lb: ({ stack, attributes }, stacks) => [
    hourly("application load balancer"),
    ...(attributes.internal === true
      ? []
      : [hourly("public IPv4 address", stacks.references(stack, attributes.subnets).length)]),
  ],
  aws_nat_gateway: () => [hourly("NAT gateway")],
  aws_route53_zone: () => [each("hosted zone")],
  aws_secretsmanager_secret: () => [each("secret")],
  aws_synthetics_canary: ({ attributes }) => [each("canary run", runsInMonth(attributes.schedule))],
  aws_vpc_endpoint: ({ stack, attributes }, stacks) =>
    attributes.vpc_endpoint_type === "Interface"
      ? [hourly("interface endpoint in a zone", stacks.references(stack, attributes.subnet_ids).length)]
      : [],
};

/** Whether a type is billed by time; see {@link chargesOf}. */
export const isBilledByTime = (type: string): boolean => Object.hasOwn(meters, type);

/**
 * What is billed for a resource each month while nobody uses it.
 *
 * @throws UnknownPriceError for a size whose price is not known.
 */
export function chargesOf(resource: Resource, stacks: SynthesizedStacks): readonly Charge[] {
  return (meters[resource.type]?.(resource, stacks) ?? []).filter(({ quantity }) => quantity > 0);
}

function database({ attributes }: Resource): Charge[] {
  const deployment = attributes.multi_az === true ? " multi-AZ" : "";
  return [
    hourly(`${attributes.instance_class}${deployment}`),
    each(`database storage ${attributes.storage_type}${deployment}`, Number(attributes.allocated_storage)),
    ...(attributes.manage_master_user_password === true ? [each("secret")] : []),
  ];
}

function machines({ stack, attributes }: Resource, stacks: SynthesizedStacks, count: number): Charge[] {
  const [template] = stacks.references(stack, (attributes.launch_template as { id: string }).id);
  if (!template) throw new Error(`${stack} has a machine without a launch template`);
  const { instance_type, block_device_mappings, monitoring, network_interfaces } =
    template.attributes as unknown as Template;
  return [
    hourly(instance_type, count),
    ...block_device_mappings.map(({ ebs }) => each(`volume ${ebs.volume_type}`, ebs.volume_size * count)),
    ...(monitoring.enabled ? [each("metric", DETAILED_METRICS * count)] : []),
    ...network_interfaces
      .filter(({ associate_public_ip_address: isPublic }) => isPublic === "true")
      .map(() => hourly("public IPv4 address", count)),
  ];
}

/** Metrics of a machine with detailed monitoring: https://aws.amazon.com/cloudwatch/pricing/ */
const DETAILED_METRICS = 7;

interface Template {
  readonly instance_type: string;
  readonly block_device_mappings: readonly {
    readonly ebs: { readonly volume_type: string; readonly volume_size: number };
  }[];
  readonly monitoring: { readonly enabled: boolean };
  readonly network_interfaces: readonly { readonly associate_public_ip_address: string }[];
}

function containers({ stack, attributes }: Resource, stacks: SynthesizedStacks): Charge[] {
  const [task] = stacks.references(stack, attributes.task_definition);
  if (!task) throw new Error(`${stack} has a service without a task definition`);
  const copies = Number(attributes.desired_count);
  return [
    hourly("Fargate ARM vCPU", (copies * Number(task.attributes.cpu)) / 1024),
    hourly("Fargate ARM memory", (copies * Number(task.attributes.memory)) / 1024),
  ];
}

/** Metrics that Container Insights makes: https://aws.amazon.com/cloudwatch/pricing/ */
const INSIGHTS = { cluster: 8, service: 11, task: 6 };

function containerInsights(cluster: Resource, stacks: SynthesizedStacks): Charge[] {
  const settings = (cluster.attributes.setting ?? []) as readonly { readonly name: string; readonly value: string }[];
  if (!settings.some(({ name, value }) => name === "containerInsights" && value === "enabled")) return [];
  const services = stacks
    .ofType("aws_ecs_service")
    .filter(({ stack, attributes }) => stacks.references(stack, attributes.cluster).includes(cluster));
  return [each("metric", INSIGHTS.cluster + services.length * (INSIGHTS.service + INSIGHTS.task))];
}

/** Of a schedule that runs every day at one time. */
function runsInMonth(schedule: unknown): number {
  const { expression } = schedule as { expression: string };
  if (/^cron\(\d+ \d+ \* \* \? \*\)$/.test(expression)) return DAYS;
  throw new TypeError(`how often "${expression}" runs in a month is not known`);
}
