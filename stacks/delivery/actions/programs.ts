import { type ArnScope, type PolicyArea, prefixed, regionalArn, type ServiceActions } from "./service-actions.ts";

/** Compute: functions, containers, Auto Scaling groups, the canary and schedules. */
export const programs: PolicyArea = {
  name: "programs",
  services: (arnScope) => [
    functions(arnScope),
    eventSources(arnScope),
    containers(arnScope),
    repositories(arnScope),
    autoScalingGroups(arnScope),
    scaling(arnScope),
    canaries(arnScope),
    schedules(arnScope),
  ],
};

const functions = (arnScope: ArnScope): ServiceActions => ({
  name: "Functions",
  resourceTypes: ["aws_lambda_alias", "aws_lambda_function", "aws_lambda_invocation", "aws_lambda_permission"],
  resources: [regionalArn(arnScope, "lambda", `function:${arnScope.prefix}-*`)],
  read: prefixed("lambda", [
    "GetAlias",
    "GetFunction",
    "GetFunctionCodeSigningConfig",
    "GetFunctionConfiguration",
    "GetPolicy",
    "ListTags",
    "ListVersionsByFunction",
  ]),
  write: prefixed("lambda", [
    "AddPermission",
    "CreateAlias",
    "CreateFunction",
    "DeleteAlias",
    "DeleteFunction",
    "DeleteFunctionConcurrency",
    "InvokeFunction",
    "PublishVersion",
    "PutFunctionConcurrency",
    "RemovePermission",
    "TagResource",
    "UntagResource",
    "UpdateAlias",
    "UpdateFunctionCode",
    "UpdateFunctionConfiguration",
  ]),
});

const eventSources = (arnScope: ArnScope): ServiceActions => ({
  name: "EventSources",
  resourceTypes: ["aws_lambda_event_source_mapping"],
  resources: [regionalArn(arnScope, "lambda", "event-source-mapping:*")],
  read: ["lambda:GetEventSourceMapping"],
  write: prefixed("lambda", ["DeleteEventSourceMapping", "UpdateEventSourceMapping"]),
  unscoped: { write: ["lambda:CreateEventSourceMapping"] },
});

const containers = (arnScope: ArnScope): ServiceActions => ({
  name: "Containers",
  resourceTypes: ["aws_ecs_cluster", "aws_ecs_service", "aws_ecs_task_definition"],
  resources: [`cluster/${arnScope.prefix}-*`, `service/${arnScope.prefix}-*/*`, "task-definition/*:*"].map((resource) =>
    regionalArn(arnScope, "ecs", resource),
  ),
  read: prefixed("ecs", ["DescribeClusters", "DescribeServices", "ListTagsForResource"]),
  write: prefixed("ecs", [
    "CreateService",
    "DeleteCluster",
    "DeleteService",
    "TagResource",
    "UntagResource",
    "UpdateCluster",
    "UpdateClusterSettings",
    "UpdateService",
  ]),
  unscoped: {
    read: ["ecs:DescribeTaskDefinition"],
    write: prefixed("ecs", ["CreateCluster", "DeregisterTaskDefinition", "RegisterTaskDefinition"]),
  },
});

const repositories = (arnScope: ArnScope): ServiceActions => ({
  name: "Repositories",
  resourceTypes: ["aws_ecr_lifecycle_policy", "aws_ecr_repository"],
  resources: [regionalArn(arnScope, "ecr", `repository/${arnScope.prefix}-*`)],
  read: prefixed("ecr", ["DescribeImages", "DescribeRepositories", "GetLifecyclePolicy", "ListTagsForResource"]),
  write: prefixed("ecr", [
    "BatchDeleteImage",
    "CreateRepository",
    "DeleteLifecyclePolicy",
    "DeleteRepository",
    "PutImageScanningConfiguration",
    "PutImageTagMutability",
    "PutLifecyclePolicy",
    "TagResource",
    "UntagResource",
  ]),
});

const autoScalingGroups = (arnScope: ArnScope): ServiceActions => ({
  name: "AutoScalingGroups",
  resourceTypes: ["aws_autoscaling_group"],
  resources: [regionalArn(arnScope, "autoscaling", `autoScalingGroup:*:autoScalingGroupName/${arnScope.prefix}-*`)],
  read: [],
  write: prefixed("autoscaling", [
    "AttachLoadBalancerTargetGroups",
    "AttachTrafficSources",
    "CancelInstanceRefresh",
    "CreateAutoScalingGroup",
    "CreateOrUpdateTags",
    "DeleteAutoScalingGroup",
    "DeleteTags",
    "DetachLoadBalancerTargetGroups",
    "DetachTrafficSources",
    "DisableMetricsCollection",
    "EnableMetricsCollection",
    "ResumeProcesses",
    "SetInstanceProtection",
    "StartInstanceRefresh",
    "SuspendProcesses",
    "UpdateAutoScalingGroup",
  ]),
  unscoped: {
    read: prefixed("autoscaling", [
      "DescribeAutoScalingGroups",
      "DescribeInstanceRefreshes",
      "DescribeLifecycleHooks",
      "DescribeScalingActivities",
      "DescribeTrafficSources",
      "DescribeWarmPool",
    ]),
  },
});

const scaling = (arnScope: ArnScope): ServiceActions => ({
  name: "Scaling",
  resourceTypes: ["aws_appautoscaling_policy", "aws_appautoscaling_target"],
  resources: [regionalArn(arnScope, "application-autoscaling", "scalable-target/*")],
  read: ["application-autoscaling:ListTagsForResource"],
  write: prefixed("application-autoscaling", [
    "DeleteScalingPolicy",
    "DeregisterScalableTarget",
    "PutScalingPolicy",
    "RegisterScalableTarget",
    "TagResource",
    "UntagResource",
  ]),
  unscoped: {
    read: prefixed("application-autoscaling", ["DescribeScalableTargets", "DescribeScalingPolicies"]),
  },
});

/** Synthetics creates a function and a layer with the permissions of the role that creates the canary. */
const canaries = (arnScope: ArnScope): ServiceActions => ({
  name: "Canaries",
  resourceTypes: ["aws_synthetics_canary"],
  resources: [
    regionalArn(arnScope, "synthetics", `canary:${arnScope.prefix}-*`),
    regionalArn(arnScope, "lambda", `function:cwsyn-${arnScope.prefix}-*`),
    regionalArn(arnScope, "lambda", `layer:cwsyn-${arnScope.prefix}-*`),
  ],
  read: prefixed("synthetics", ["GetCanary", "ListTagsForResource"]),
  write: [
    ...prefixed("synthetics", [
      "CreateCanary",
      "DeleteCanary",
      "StartCanary",
      "StopCanary",
      "TagResource",
      "UntagResource",
      "UpdateCanary",
    ]),
    ...prefixed("lambda", [
      "AddPermission",
      "CreateFunction",
      "DeleteFunction",
      "DeleteLayerVersion",
      "GetFunction",
      "GetFunctionConfiguration",
      "GetLayerVersion",
      "PublishLayerVersion",
      "PublishVersion",
      "UpdateFunctionCode",
      "UpdateFunctionConfiguration",
    ]),
  ],
});

const schedules = (arnScope: ArnScope): ServiceActions => ({
  name: "Schedules",
  resourceTypes: ["aws_scheduler_schedule"],
  resources: [regionalArn(arnScope, "scheduler", `schedule/default/${arnScope.prefix}-*`)],
  read: ["scheduler:GetSchedule"],
  write: prefixed("scheduler", ["CreateSchedule", "DeleteSchedule", "UpdateSchedule"]),
});
