import type { EcsService } from "./ecs-service.ts";
import type { Task } from "./task.ts";

/** The tasks of a service that are neither stopping nor stopped. */
export const activeTasks = ({ tasks }: EcsService): Task[] => tasks.filter((task) => task.isActive);
