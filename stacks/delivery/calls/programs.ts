import { type Area, type Place, prefixed, regional, type ServiceCalls } from "./service-calls.ts";

/** What runs: functions, containers, groups of machines, the canary, schedules. */
export const programs: Area = {
  name: "programs",
  calls: (place) => [
    functions(place),
    eventSources(place),
    containers(place),
    repositories(place),
    machineGroups(place),
    scaling(place),
    canaries(place),
    schedules(place),
  ],
};

const functions = (place: Place): ServiceCalls => ({
  name: "Functions",
  types: ["aws_lambda_alias", "aws_lambda_function", "aws_lambda_invocation", "aws_lambda_permission"],
  resources: [regional(place, "lambda", `function:${place.prefix}-*`)],
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

const eventSources = (place: Place): ServiceCalls => ({
  name: "EventSources",
  types: ["aws_lambda_event_source_mapping"],
  resources: [regional(place, "lambda", "event-source-mapping:*")],
  read: ["lambda:GetEventSourceMapping"],
  write: prefixed("lambda", ["DeleteEventSourceMapping", "UpdateEventSourceMapping"]),
  anywhere: { write: ["lambda:CreateEventSourceMapping"] },
});

const containers = (place: Place): ServiceCalls => ({
  name: "Containers",
  types: ["aws_ecs_cluster", "aws_ecs_service", "aws_ecs_task_definition"],
  resources: [`cluster/${place.prefix}-*`, `service/${place.prefix}-*/*`, "task-definition/*:*"].map((resource) =>
    regional(place, "ecs", resource),
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
  anywhere: {
    read: ["ecs:DescribeTaskDefinition"],
    write: prefixed("ecs", ["CreateCluster", "DeregisterTaskDefinition", "RegisterTaskDefinition"]),
  },
});

const repositories = (place: Place): ServiceCalls => ({
  name: "Repositories",
  types: ["aws_ecr_lifecycle_policy", "aws_ecr_repository"],
  resources: [regional(place, "ecr", `repository/${place.prefix}-*`)],
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

const machineGroups = (place: Place): ServiceCalls => ({
  name: "MachineGroups",
  types: ["aws_autoscaling_group"],
  resources: [regional(place, "autoscaling", `autoScalingGroup:*:autoScalingGroupName/${place.prefix}-*`)],
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
  anywhere: {
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

const scaling = (place: Place): ServiceCalls => ({
  name: "Scaling",
  types: ["aws_appautoscaling_policy", "aws_appautoscaling_target"],
  resources: [regional(place, "application-autoscaling", "scalable-target/*")],
  read: ["application-autoscaling:ListTagsForResource"],
  write: prefixed("application-autoscaling", [
    "DeleteScalingPolicy",
    "DeregisterScalableTarget",
    "PutScalingPolicy",
    "RegisterScalableTarget",
    "TagResource",
    "UntagResource",
  ]),
  anywhere: {
    read: prefixed("application-autoscaling", ["DescribeScalableTargets", "DescribeScalingPolicies"]),
  },
});

/** Synthetics makes a function and a layer of its own, in the name of who makes the canary. */
const canaries = (place: Place): ServiceCalls => ({
  name: "Canaries",
  types: ["aws_synthetics_canary"],
  resources: [
    regional(place, "synthetics", `canary:${place.prefix}-*`),
    regional(place, "lambda", `function:cwsyn-${place.prefix}-*`),
    regional(place, "lambda", `layer:cwsyn-${place.prefix}-*`),
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

const schedules = (place: Place): ServiceCalls => ({
  name: "Schedules",
  types: ["aws_scheduler_schedule"],
  resources: [regional(place, "scheduler", `schedule/default/${place.prefix}-*`)],
  read: ["scheduler:GetSchedule"],
  write: prefixed("scheduler", ["CreateSchedule", "DeleteSchedule", "UpdateSchedule"]),
});
