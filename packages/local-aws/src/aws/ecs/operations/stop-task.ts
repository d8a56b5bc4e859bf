import type { Call } from "../../../gateway/protocol.ts";
import { taskArn } from "../arns.ts";
import type { ClusterInput } from "../cluster-input.ts";
import { taskDescription } from "../task-description.ts";
import type { EcsContext } from "./context.ts";

interface Input extends ClusterInput {
  /** Id or ARN. */
  readonly task: string;
  readonly reason?: string;
}

export const stopTask =
  ({ services }: EcsContext) =>
  ({ cluster = "default", task: id, reason = "Task stopped by user" }: Input, call: Call): object => {
    call.authorize("ecs:StopTask", taskArn(cluster, id));
    const { service, task } = services.getTask(cluster, id);
    void service.stopTask(task, reason);
    return { task: taskDescription(service, task) };
  };
