import { clusterArn, taskArn } from "./arns.ts";
import type { EcsService } from "./ecs-service.ts";
import type { Task } from "./task.ts";

/** A task in the form of the API. */
export function taskDescription({ settings }: EcsService, task: Task): object {
  return {
    taskArn: taskArn(settings.clusterArn, task.id),
    clusterArn: clusterArn(settings.clusterArn),
    taskDefinitionArn: task.definition.arn,
    group: `service:${settings.name}`,
    launchType: "FARGATE",
    lastStatus: task.status,
    desiredStatus: task.isActive ? "RUNNING" : "STOPPED",
    createdAt: task.createdAt / 1_000,
    ...(task.startedAt !== undefined && { startedAt: task.startedAt / 1_000 }),
    ...(task.stoppedReason && { stoppedReason: task.stoppedReason }),
  };
}
