import { ACCOUNT_ID, REGION } from "../runtime/account.ts";
import { COMPUTED_VALUES } from "./computed-values.ts";
import type { Attributes } from "./resource.ts";

/** How AWS makes the id of a type: a prefix before 17 hex digits, or the name that the user gave. */
const ID_PREFIXES: Readonly<Record<string, string>> = {
  aws_default_network_acl: "acl",
  aws_default_route_table: "rtb",
  aws_default_security_group: "sg",
  aws_egress_only_internet_gateway: "eigw",
  aws_eip: "eipalloc",
  aws_eip_association: "eipassoc",
  aws_flow_log: "fl",
  aws_instance: "i",
  aws_internet_gateway: "igw",
  aws_launch_template: "lt",
  aws_nat_gateway: "nat",
  aws_network_acl: "acl",
  aws_network_acl_association: "aclassoc",
  aws_network_acl_rule: "nacl",
  aws_network_interface: "eni",
  aws_route_table: "rtb",
  aws_route_table_association: "rtbassoc",
  aws_security_group: "sg",
  aws_subnet: "subnet",
  aws_vpc: "vpc",
  aws_vpc_dhcp_options: "dopt",
  aws_vpc_endpoint: "vpce",
  aws_vpc_security_group_egress_rule: "sgr",
  aws_vpc_security_group_ingress_rule: "sgr",
};

/** ARN of a type, after `arn:aws:`; `*` stands for region and account. `{id}`, `{name}` and any other attribute are filled in. */
const ARNS: Readonly<Record<string, string>> = {
  aws_acm_certificate: "acm:*:certificate/{id}",
  aws_cloudfront_distribution: "cloudfront::@:distribution/{id}",
  aws_cloudfront_function: "cloudfront::@:function/{name}",
  aws_cloudwatch_composite_alarm: "cloudwatch:*:alarm:{alarm_name}",
  aws_cloudwatch_dashboard: "cloudwatch::@:dashboard/{dashboard_name}",
  aws_cloudwatch_event_bus: "events:*:event-bus/{name}",
  aws_cloudwatch_event_rule: "events:*:rule/{name}",
  aws_cloudwatch_metric_alarm: "cloudwatch:*:alarm:{alarm_name}",
  aws_codebuild_project: "codebuild:*:project/{name}",
  aws_codedeploy_app: "codedeploy:*:application:{name}",
  aws_codedeploy_deployment_group: "codedeploy:*:deploymentgroup:{app_name}/{deployment_group_name}",
  aws_db_instance: "rds:*:db:{identifier}",
  aws_db_option_group: "rds:*:og:{name}",
  aws_db_parameter_group: "rds:*:pg:{name}",
  aws_db_subnet_group: "rds:*:subgrp:{name}",
  aws_default_network_acl: "ec2:*:network-acl/{id}",
  aws_default_route_table: "ec2:*:route-table/{id}",
  aws_default_security_group: "ec2:*:security-group/{id}",
  aws_ecr_repository: "ecr:*:repository/{name}",
  aws_ecs_cluster: "ecs:*:cluster/{name}",
  aws_ecs_task_definition: "ecs:*:task-definition/{family}:{revision}",
  aws_eip: "ec2:*:elastic-ip/{id}",
  aws_elasticache_parameter_group: "elasticache:*:parametergroup:{name}",
  aws_elasticache_subnet_group: "elasticache:*:subnetgroup:{name}",
  aws_elasticache_user: "elasticache:*:user:{user_id}",
  aws_elasticache_user_group: "elasticache:*:usergroup:{user_group_id}",
  aws_flow_log: "ec2:*:vpc-flow-log/{id}",
  aws_iam_group: "iam::@:group{path}{name}",
  aws_iam_instance_profile: "iam::@:instance-profile{path}{name}",
  aws_iam_openid_connect_provider: "iam::@:oidc-provider/{url}",
  aws_iam_policy: "iam::@:policy{path}{name}",
  aws_iam_role: "iam::@:role{path}{name}",
  aws_iam_user: "iam::@:user{path}{name}",
  aws_instance: "ec2:*:instance/{id}",
  aws_internet_gateway: "ec2:*:internet-gateway/{id}",
  aws_kinesis_firehose_delivery_stream: "firehose:*:deliverystream/{name}",
  aws_kinesis_stream: "kinesis:*:stream/{name}",
  aws_kms_alias: "kms:*:{name}",
  aws_kms_key: "kms:*:key/{id}",
  aws_launch_template: "ec2:*:launch-template/{id}",
  aws_lb: "elasticloadbalancing:*:loadbalancer/app/{name}/{suffix}",
  aws_lb_listener: "elasticloadbalancing:*:listener/app/{suffix}",
  aws_lb_listener_rule: "elasticloadbalancing:*:listener-rule/app/{suffix}",
  aws_lb_target_group: "elasticloadbalancing:*:targetgroup/{name}/{suffix}",
  aws_network_acl: "ec2:*:network-acl/{id}",
  aws_rds_cluster: "rds:*:cluster:{cluster_identifier}",
  aws_route53_zone: "route53:::hostedzone/{id}",
  aws_route_table: "ec2:*:route-table/{id}",
  aws_scheduler_schedule_group: "scheduler:*:schedule-group/{name}",
  aws_security_group: "ec2:*:security-group/{id}",
  aws_ssm_parameter: "ssm:*:parameter/{name}",
  aws_subnet: "ec2:*:subnet/{id}",
  aws_synthetics_canary: "synthetics:*:canary:{name}",
  aws_vpc: "ec2:*:vpc/{id}",
  aws_vpc_dhcp_options: "ec2:*:dhcp-options/{id}",
  aws_vpc_endpoint: "ec2:*:vpc-endpoint/{id}",
  aws_vpc_security_group_egress_rule: "ec2:*:security-group-rule/{id}",
  aws_vpc_security_group_ingress_rule: "ec2:*:security-group-rule/{id}",
};

/** Types whose ARN is their id. */
const ARN_IS_ID = new Set([
  "aws_acm_certificate",
  "aws_iam_openid_connect_provider",
  "aws_iam_policy",
  "aws_lb",
  "aws_lb_listener",
  "aws_lb_listener_rule",
  "aws_lb_target_group",
  "aws_ecs_cluster",
  "aws_kinesis_firehose_delivery_stream",
  "aws_kinesis_stream",
]);

/** Arguments by which AWS names a thing, in the order in which they make its id. */
const NAMING_ARGUMENTS = [
  "name",
  "identifier",
  "cluster_identifier",
  "bucket",
  "function_name",
  "alarm_name",
  "dashboard_name",
  "user_group_id",
  "user_id",
  "replication_group_id",
  "policy_name",
  "group_name",
  "family",
  "queue_url",
  "role",
];

/** Computed attributes that name another thing of AWS, by the end of their name. */
const RELATED_IDS: readonly (readonly [RegExp, string])[] = [
  [/security_group_id$/, "sg"],
  [/route_table_id$/, "rtb"],
  [/network_acl_id$/, "acl"],
  [/network_interface_id$/, "eni"],
  [/^association_id$/, "eipassoc"],
  [/dhcp_options_id$/, "dopt"],
  [/vpc_id$/, "vpc"],
  [/subnet_id$/, "subnet"],
];

/** Makes the values that AWS computes, for attributes that no handler fills: of the right form, and unique where AWS's are. */
export class Identifiers {
  readonly #randomHex: (digits: number) => string;
  readonly #now: () => number;

  constructor(randomHex: (digits: number) => string, now: () => number) {
    this.#randomHex = randomHex;
    this.#now = now;
  }

  /**
   * Id, ARN, name and other values of its type that a new resource has. `known` holds what is planned and what the handler returned; only what is missing there is made.
   * A name made for `name_prefix` starts with it.
   */
  identity(type: string, known: Attributes, hasAttribute: (name: string) => boolean): Attributes {
    const name = text(known.name) ?? `${text(known.name_prefix) ?? "terraform-"}${this.#timestamp()}`;
    const ownId = text(known.id) ?? this.#id(type, { ...known, ...(hasAttribute("name") ? { name } : {}) });
    const arn = text(known.arn) ?? this.#arn(type, { path: "/", ...present(known), name, id: ownId });
    const id = text(known.id) ?? (ARN_IS_ID.has(type) ? arn : ownId);
    return { ...this.#valuesOf(type, { ...known, id, arn }), id, arn, name };
  }

  #valuesOf(type: string, known: Attributes): Attributes {
    const fill = (_: string, name: string) =>
      name === "RANDOM" ? this.#randomHex(16).toUpperCase() : (text(known[name]) ?? "");
    const values = Object.entries(COMPUTED_VALUES[type] ?? {});
    // the names of a flow log's fields have braces of their own, after a dollar sign
    return Object.fromEntries(
      values.map(([name, value]) => [
        name,
        typeof value === "string" ? value.replace(/(?<!\$)\{(\w+)\}/g, fill) : value,
      ]),
    );
  }

  /** A computed attribute by its name and type; undefined when nothing can be said, which leaves it null. */
  attribute(name: string, type: unknown): unknown {
    if (type === "bool") return false;
    if (type === "number") return 0;
    if (Array.isArray(type)) return type[0] === "object" ? undefined : type[0] === "map" ? {} : [];
    if (type !== "string") return undefined;
    if (/^(owner_id|account_id|registry_id|catalog_id)$/.test(name)) return ACCOUNT_ID;
    if (name === "region") return REGION;
    if (/(_date|_time|_at|last_modified)$/.test(name)) return new Date(this.#now()).toISOString();
    const related = RELATED_IDS.find(([pattern]) => pattern.test(name));
    if (related) return `${related[1]}-${this.#randomHex(17)}`;
    if (/(dns_name|domain_name)$/.test(name)) return `${this.#randomHex(12)}.localhost`;
    if (/(^|_)ip$/.test(name)) return "127.0.0.1";
    return "";
  }

  #id(type: string, known: Attributes): string {
    const prefix = ID_PREFIXES[type];
    if (prefix) return `${prefix}-${this.#randomHex(17)}`;
    if (type === "aws_route") return `r-${text(known.route_table_id) ?? ""}${this.#randomHex(10)}`;
    if (type === "aws_kms_key" || type === "aws_acm_certificate") return uuid(this.#randomHex(32));
    if (type === "aws_route53_zone") return `Z${this.#randomHex(20).toUpperCase()}`;
    if (type === "aws_cloudfront_distribution") return `E${this.#randomHex(13).toUpperCase()}`;
    const named = NAMING_ARGUMENTS.map((argument) => text(known[argument])).find((value) => value !== undefined);
    return named ?? `${type.replace(/^aws_/, "").replaceAll("_", "-")}-${this.#randomHex(17)}`;
  }

  #arn(type: string, known: Attributes): string {
    const service = type.split("_")[1] ?? "";
    const pattern = ARNS[type] ?? `${service}:*:${type.replace(/^aws_[^_]+_/, "").replaceAll("_", "-")}/{id}`;
    const filled = pattern
      .replace(":*:", `:${REGION}:${ACCOUNT_ID}:`)
      .replace("::@:", `::${ACCOUNT_ID}:`)
      .replace(/\{(\w+)\}/g, (_, name: string) => text(known[name]) ?? this.#randomHex(16));
    return `arn:aws:${filled}`;
  }

  /** Terraform's own form of a unique suffix: time to the tenth of a millisecond, then a counter; ours ends at random instead. */
  #timestamp(): string {
    return `${new Date(this.#now()).toISOString().replace(/\D/g, "")}${this.#randomHex(9)}`;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
}

function present(values: Attributes): Attributes {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => text(value) !== undefined));
}

function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
