import { clusterArn } from "./arns.ts";
import type { Deployment } from "./deployment.ts";
import type { EcsService } from "./ecs-service.ts";
import type { Task } from "./task.ts";

/** A service in the form of the API. */
export function serviceDescription(service: EcsService): object {
  const { settings, desiredCount, tasks, primary, deployments } = service;
  return {
    serviceArn: settings.arn,
    serviceName: settings.name,
    clusterArn: clusterArn(settings.clusterArn),
    status: "ACTIVE",
    launchType: "FARGATE",
    desiredCount,
    runningCount: countInStatus(tasks, "RUNNING"),
    pendingCount: countInStatus(tasks, "PENDING"),
    taskDefinition: primary.definition.arn,
    loadBalancers: settings.targetGroups.map(({ targetGroupArn, containerPort }) => ({
      targetGroupArn,
      containerPort,
    })),
    deployments: deployments.map(({ deployment, tasks: deployed }) =>
      deploymentDescription(service, deployment, deployed),
    ),
  };
}

function deploymentDescription(service: EcsService, deployment: Deployment, tasks: readonly Task[]): object {
  const isPrimary = deployment === service.primary;
  return {
    id: `ecs-svc/${deployment.id}`,
    status: isPrimary ? "PRIMARY" : "ACTIVE",
    taskDefinition: deployment.definition.arn,
    desiredCount: isPrimary ? service.desiredCount : 0,
    runningCount: countInStatus(tasks, "RUNNING"),
    pendingCount: countInStatus(tasks, "PENDING"),
    failedTasks: deployment.failedTasks,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
    createdAt: deployment.createdAt / 1_000,
  };
}

function countInStatus(tasks: readonly Task[], status: Task["status"]): number {
  return tasks.filter((task) => task.status === status).length;
}
