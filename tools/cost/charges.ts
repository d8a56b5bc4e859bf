import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { type PriceName, priceName } from "./prices.ts";

/** A monthly charge for a resource, whether it is used or not. */
export interface Charge {
  readonly price: PriceName;
  /** In the unit of the price. */
  readonly quantity: number;
}

/** Hours per month; AWS converts hourly to monthly prices with this average. */
export const HOURS = 730;
const DAYS = HOURS / 24;

type Meter = (resource: Resource, stacks: SynthesizedStacks) => readonly Charge[];

const monthly = (price: string, quantity = 1): Charge => ({ price: priceName(price), quantity });
const hourly = (price: string, count = 1): Charge => monthly(price, count * HOURS);

/** The charges by resource type. */
const meters: Readonly<Record<string, Meter>> = {
  // Target tracking creates an alarm for each direction.
  aws_appautoscaling_policy: ({ attributes }) =>
    attributes.policy_type === "TargetTrackingScaling" ? [monthly("alarm", 2)] : [],
  aws_autoscaling_group: (group, stacks) => instances(group, stacks, Number(group.attributes.desired_capacity)),
  aws_cloudwatch_dashboard: () => [monthly("dashboard")],
  aws_cloudwatch_composite_alarm: () => [monthly("composite alarm")],
  aws_cloudwatch_metric_alarm: ({ attributes }) => [monthly("alarm", analyzedMetrics(attributes.metric_query))],
  aws_db_instance: database,
  aws_ecs_cluster: containerInsights,
  aws_ecs_service: containers,
  aws_eip: () => [hourly("public IPv4 address")],
  aws_elasticache_replication_group: ({ attributes }) => [
    hourly(String(attributes.node_type), Number(attributes.num_cache_clusters)),
  ],
  aws_instance: (instance, stacks) => instances(instance, stacks, 1),
  aws_kms_key: () => [monthly("KMS key")],
  // An internet-facing load balancer has a public address in each subnet.
  aws_lb: ({ stack, attributes }, stacks) => [
    hourly("application load balancer"),
    ...(attributes.internal === true
      ? []
      : [hourly("public IPv4 address", stacks.references(stack, attributes.subnets).length)]),
  ],
  aws_nat_gateway: () => [hourly("NAT gateway")],
  aws_route53_zone: () => [monthly("hosted zone")],
  aws_secretsmanager_secret: () => [monthly("secret")],
  aws_synthetics_canary: ({ attributes }) => [monthly("canary run", runsInMonth(attributes.schedule))],
  aws_vpc_endpoint: ({ stack, attributes }, stacks) =>
    attributes.vpc_endpoint_type === "Interface"
      ? [hourly("interface endpoint in a zone", stacks.references(stack, attributes.subnet_ids).length)]
      : [],
};

/** Whether a resource type has monthly charges; see {@link chargesOf}. */
export const isBilledByTime = (type: string): boolean => Object.hasOwn(meters, type);

/**
 * The monthly charges for an idle resource.
 *
 * @throws UnknownPriceError for an instance type or storage type without a known price.
 */
export function chargesOf(resource: Resource, stacks: SynthesizedStacks): readonly Charge[] {
  return (meters[resource.type]?.(resource, stacks) ?? []).filter(({ quantity }) => quantity > 0);
}

function database({ attributes }: Resource): Charge[] {
  const deployment = attributes.multi_az === true ? " multi-AZ" : "";
  return [
    hourly(`${attributes.instance_class}${deployment}`),
    monthly(`database storage ${attributes.storage_type}${deployment}`, Number(attributes.allocated_storage)),
    ...(attributes.manage_master_user_password === true ? [monthly("secret")] : []),
  ];
}

function instances({ stack, attributes }: Resource, stacks: SynthesizedStacks, count: number): Charge[] {
  const [template] = stacks.references(stack, (attributes.launch_template as { id: string }).id);
  if (!template) throw new Error(`The stack "${stack}" has an instance without a launch template.`);
  const { instance_type, block_device_mappings, monitoring, network_interfaces } =
    template.attributes as unknown as Template;
  return [
    hourly(instance_type, count),
    ...block_device_mappings.map(({ ebs }) => monthly(`volume ${ebs.volume_type}`, ebs.volume_size * count)),
    ...(monitoring.enabled ? [monthly("metric", DETAILED_METRICS * count)] : []),
    ...network_interfaces
      .filter(({ associate_public_ip_address: isPublic }) => isPublic === "true")
      .map(() => hourly("public IPv4 address", count)),
  ];
}

/** An alarm on an expression costs as much as one alarm per metric in it. */
function analyzedMetrics(queries: unknown): number {
  const metrics = (queries as readonly { readonly metric?: unknown }[] | undefined)?.filter(({ metric }) => metric);
  return metrics?.length ?? 1;
}

/** Metrics of an instance with detailed monitoring: https://aws.amazon.com/cloudwatch/pricing/ */
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
  if (!task) throw new Error(`The stack "${stack}" has an ECS service without a task definition.`);
  const tasks = Number(attributes.desired_count);
  return [
    hourly("Fargate ARM vCPU", (tasks * Number(task.attributes.cpu)) / 1024),
    hourly("Fargate ARM memory", (tasks * Number(task.attributes.memory)) / 1024),
  ];
}

/** Metrics that Container Insights creates: https://aws.amazon.com/cloudwatch/pricing/ */
const INSIGHTS = { cluster: 8, service: 11, task: 6 };

function containerInsights(cluster: Resource, stacks: SynthesizedStacks): Charge[] {
  const settings = (cluster.attributes.setting ?? []) as readonly { readonly name: string; readonly value: string }[];
  if (!settings.some(({ name, value }) => name === "containerInsights" && value === "enabled")) return [];
  const services = stacks
    .ofType("aws_ecs_service")
    .filter(({ stack, attributes }) => stacks.references(stack, attributes.cluster).includes(cluster));
  return [monthly("metric", INSIGHTS.cluster + services.length * (INSIGHTS.service + INSIGHTS.task))];
}

/** Runs per month of a schedule that runs once a day. */
function runsInMonth(schedule: unknown): number {
  const { expression } = schedule as { expression: string };
  if (/^cron\(\d+ \d+ \* \* \? \*\)$/.test(expression)) return DAYS;
  throw new TypeError(
    `Cannot determine how often "${expression}" runs in a month; only daily schedules are supported.`,
  );
}
