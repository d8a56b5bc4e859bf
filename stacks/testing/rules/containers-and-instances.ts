import { argument, get, type LocatedResource, type Rule } from "./rule.ts";

const REPOSITORY = "aws_ecr_repository";
const SERVICE = "aws_ecs_service";
const TASK = "aws_ecs_task_definition";
const TEMPLATE = "aws_launch_template";

const isTrue = (value: unknown) => String(value) === "true";

/** The containers of a task definition, whose argument is JSON. */
const containers = ({ attributes }: LocatedResource): Record<string, unknown>[] =>
  JSON.parse(String(attributes.container_definitions));

/** Requires that every container is valid. The mutation merges `invalid` into each container. */
const everyContainer = (
  ids: string,
  requirement: string,
  isValid: (container: Record<string, unknown>) => boolean,
  invalid: object,
): Rule => ({
  ids,
  type: TASK,
  requirement,
  isMet: (resource) => containers(resource).every(isValid),
  mutations: [
    (resource) => {
      const changed = containers(resource).map((container) => ({ ...container, ...invalid }));
      resource.attributes.container_definitions = JSON.stringify(changed);
    },
  ],
});

export const containerAndInstanceRules: readonly Rule[] = [
  argument("CKV_AWS_51, AWS-0031, ECR.2", REPOSITORY, "image_tag_mutability", "IMMUTABLE", "MUTABLE"),
  argument("CKV_AWS_163, AWS-0030, ECR.1", REPOSITORY, "image_scanning_configuration.scan_on_push", true, false),
  argument("CKV_AWS_136, AWS-0033", REPOSITORY, "encryption_configuration.0.encryption_type", "KMS", "AES256"),

  argument("CKV_AWS_65, AWS-0034, ECS.12", "aws_ecs_cluster", "setting.0.value", "enabled", "disabled"),
  argument("CKV_AWS_333, ECS.2", SERVICE, "network_configuration.assign_public_ip", false, true),
  argument("CKV_AWS_332, ECS.10", SERVICE, "platform_version", "LATEST", "1.3.0"),
  argument("ECS.3", TASK, "pid_mode", (mode) => mode === undefined, "host"),
  everyContainer(
    "CKV_AWS_336, ECS.5",
    "every container has a read-only root file system",
    ({ readonlyRootFilesystem }) => readonlyRootFilesystem === true,
    {
      readonlyRootFilesystem: false,
    },
  ),
  everyContainer("CKV_AWS_334, ECS.4", "no container is privileged", ({ privileged }) => privileged !== true, {
    privileged: true,
  }),
  everyContainer("ECS.20", "no container runs as root", ({ user }) => user !== undefined && user !== "root", {
    user: "root",
  }),
  everyContainer("ECS.9", "every container has a log", ({ logConfiguration }) => logConfiguration !== undefined, {
    logConfiguration: undefined,
  }),
  everyContainer(
    "ECS.8, AWS-0036",
    "no secret in the environment",
    (container) => !/password|ephemeral\.|random_password/i.test(JSON.stringify(container)),
    { environment: [{ name: "PASSWORD", value: "x" }] },
  ),

  argument("CKV_AWS_79, AWS-0130, EC2.170", TEMPLATE, "metadata_options.http_tokens", "required", "optional"),
  argument("CKV_AWS_341", TEMPLATE, "metadata_options.http_put_response_hop_limit", (hops) => Number(hops) === 1, 3),
  argument("CKV_AWS_8, AWS-0131, EC2.3", TEMPLATE, "block_device_mappings.0.ebs.encrypted", isTrue, "false"),
  argument(
    "CKV_AWS_88, EC2.25",
    TEMPLATE,
    "network_interfaces.0.associate_public_ip_address",
    (value) => value === "false",
    "true",
  ),
  argument("CKV_AWS_126", TEMPLATE, "monitoring.enabled", true, false),
  argument(
    "CKV_AWS_315, AutoScaling.9",
    "aws_autoscaling_group",
    "launch_template.id",
    (id) => id !== undefined,
    undefined,
  ),
  argument("CKV_AWS_153", "aws_autoscaling_group", "tag", (tags) => get(tags, [0]) !== undefined, []),
  argument("AutoScaling.1", "aws_autoscaling_group", "health_check_type", "ELB", "EC2"),
];
