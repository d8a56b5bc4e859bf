import type { ServiceSettings } from "./service-settings.ts";
import type { Task } from "./task.ts";

/** The tasks of a service, and how many of them it should have. */
export interface ServiceTasks {
  readonly tasks: readonly Task[];
  readonly desiredCount: number;
  /** Whether a task belongs to the primary deployment. */
  readonly isCurrent: (task: Task) => boolean;
}

/** The number of tasks to start now, limited by the maximum percent of the deployment. */
export function missingTasks(
  { tasks, desiredCount, isCurrent }: ServiceTasks,
  { maximumPercent }: Pick<ServiceSettings, "maximumPercent">,
): number {
  const active = tasks.filter((task) => task.isActive);
  const maximum = Math.floor((desiredCount * maximumPercent) / 100);
  return Math.max(0, Math.min(desiredCount - active.filter(isCurrent).length, maximum - active.length));
}

/** The tasks of earlier deployments, as long as enough healthy tasks remain, and those above the desired count. */
export function surplusTasks(
  { tasks, desiredCount, isCurrent }: ServiceTasks,
  { minimumHealthyPercent }: Pick<ServiceSettings, "minimumHealthyPercent">,
): Task[] {
  const minimum = Math.ceil((desiredCount * minimumHealthyPercent) / 100);
  let healthy = tasks.filter((task) => task.isHealthy).length;
  const active = tasks.filter((task) => task.isActive);
  const earlier = active
    .filter((task) => !isCurrent(task))
    .filter((task) => {
      if (!task.isHealthy) return true;
      if (healthy <= minimum) return false;
      healthy -= 1;
      return true;
    });
  return [...earlier, ...active.filter(isCurrent).slice(desiredCount)];
}

/** Whether the desired number of tasks runs, all of them healthy and of the primary deployment. */
export function isRolledOut({ tasks, desiredCount, isCurrent }: ServiceTasks): boolean {
  return tasks.length === desiredCount && tasks.every((task) => isCurrent(task) && task.isHealthy);
}
