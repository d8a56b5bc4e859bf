import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { targetsOf } from "./balancer-flows.ts";
import { type FlowEnd, referred } from "./flow.ts";
import type { MarkName } from "./marks.ts";

/** Where something runs: outside AWS, in AWS, in the VPC, or in a tier of subnets. */
export type Place = "outside" | "cloud" | "vpc" | "public" | "private" | "db";

export interface NodeDescription {
  readonly mark: MarkName;
  readonly title: string;
  /** The AWS service, or what a part is for. */
  readonly detail: string;
  /** Undefined for what is where its subnets are. */
  readonly place?: Place;
}

type Describe = (resource: Resource, stacks: SynthesizedStacks) => Omit<NodeDescription, "place"> & { place?: Place };

const named = (mark: MarkName, detail: string, attribute = "name"): Describe => {
  return ({ attributes }) => ({ mark, title: String(attributes[attribute]), detail });
};

const DESCRIPTIONS: Readonly<Record<string, Describe>> = {
  aws_route53_zone: ({ attributes }) => ({ mark: "route-53", title: "Route 53", detail: String(attributes.name) }),
  aws_cloudfront_distribution: ({ attributes }) => ({
    mark: "cloudfront",
    title: "CloudFront",
    detail: [attributes.aliases].flat().map((alias) => String(alias).split(".")[0])[0] ?? "",
  }),
  aws_apigatewayv2_api: () => ({ mark: "api-gateway", title: "API Gateway", detail: "HTTP API" }),
  aws_lambda_function: named("lambda", "Lambda", "function_name"),
  aws_lambda_alias: named("alias", "alias"),
  aws_lb: (balancer, stacks) => ({
    mark: "load-balancer",
    title: "load balancer",
    detail: pathsOf(balancer, stacks).length > 0 ? "ALB, by path" : "ALB",
  }),
  aws_ecs_service: named("container", "Fargate"),
  aws_autoscaling_group: named("machine", "EC2, group"),
  aws_instance: ({ attributes }) => ({
    mark: "machine",
    title: String((attributes.tags as { readonly Name: string }).Name),
    detail: "EC2",
  }),
  aws_ecr_repository: named("repository", "ECR"),
  aws_s3_bucket: named("bucket", "S3", "bucket"),
  aws_sqs_queue: (queue, stacks) => ({
    mark: "queue",
    title: String(queue.attributes.name),
    detail: stacks.ofType("aws_sqs_queue").some((one) => receivesDeadLetters(one, queue, stacks)) ? "SQS, DLQ" : "SQS",
  }),
  aws_sns_topic: named("topic", "SNS"),
  aws_dynamodb_table: named("table", "DynamoDB"),
  aws_db_instance: () => ({ mark: "database", title: "PostgreSQL", detail: "RDS" }),
  aws_elasticache_replication_group: () => ({ mark: "cache", title: "Valkey", detail: "ElastiCache" }),
  aws_scheduler_schedule: named("schedule", "Scheduler"),
  aws_synthetics_canary: named("canary", "Synthetics"),
  aws_cloudwatch_metric_alarm: ({ stack }, stacks) => ({
    mark: "alarm",
    title: `${stacks.ofType("aws_cloudwatch_metric_alarm").filter((one) => one.stack === stack).length} alarms`,
    detail: "CloudWatch",
  }),
  aws_nat_gateway: (_, stacks) => ({
    mark: "nat-gateway",
    title: "NAT gateway",
    detail: stacks.ofType("aws_nat_gateway").length > 1 ? "one per zone" : "",
    place: "public",
  }),
};

/** How an end of a flow is drawn. @throws Error for a resource type without a description. */
export function describeNode({ id, resource }: FlowEnd, stacks: SynthesizedStacks, prefix: string): NodeDescription {
  if (!resource) return describeOutside(id);
  const describe = DESCRIPTIONS[resource.type];
  if (!describe) throw new Error(`Add ${resource.type} to tools/diagrams/node-descriptions.ts.`);
  const { title, detail, ...rest } = describe(resource, stacks);
  const paths = pathsTo(resource, stacks);
  return { ...rest, title: title.replace(`${prefix}-`, ""), detail: [detail, ...paths].join(" ") };
}

function describeOutside(id: string): NodeDescription {
  if (id === "user") return { mark: "user", title: "user", detail: "", place: "outside" };
  if (id.startsWith("host/")) return { mark: "host", title: id.slice("host/".length), detail: "", place: "outside" };
  return { mark: "internet-gateway", title: "internet gateway", detail: "", place: "vpc" };
}

const receivesDeadLetters = (from: Resource, to: Resource, stacks: SynthesizedStacks): boolean =>
  referred(stacks, from, from.attributes.redrive_policy, to.type).includes(to);

/** The path patterns by which a load balancer selects its targets. */
function pathsOf(balancer: Resource, stacks: SynthesizedStacks): string[] {
  return stacks
    .ofType("aws_lb_listener_rule")
    .filter((rule) => rule.stack === balancer.stack)
    .flatMap(pathPatterns);
}

/** The path patterns that lead to a target. */
function pathsTo(target: Resource, stacks: SynthesizedStacks): string[] {
  return stacks
    .ofType("aws_lb_listener_rule")
    .filter((rule) =>
      referred(stacks, rule, rule.attributes.action, "aws_lb_target_group")
        .flatMap((group) => targetsOf(stacks, group))
        .includes(target),
    )
    .flatMap(pathPatterns);
}

const pathPatterns = ({ attributes }: Resource): string[] =>
  (attributes.condition as readonly { readonly path_pattern?: { readonly values: readonly string[] } }[]).flatMap(
    ({ path_pattern }) => path_pattern?.values ?? [],
  );
