import type { Call } from "../../../gateway/protocol.ts";
import { nameOf, taskArn } from "../arns.ts";
import type { ClusterInput } from "../cluster-input.ts";
import { taskDescription } from "../task-description.ts";
import type { EcsContext } from "./context.ts";

interface Input extends ClusterInput {
  /** Ids or ARNs. */
  readonly tasks: readonly string[];
}

export const describeTasks =
  ({ services }: EcsContext) =>
  ({ cluster = "default", tasks }: Input, call: Call): object => {
    for (const id of tasks) call.authorize("ecs:DescribeTasks", taskArn(cluster, id));
    const ids = new Set(tasks.map(nameOf));
    const found = services
      .inCluster(cluster)
      .flatMap((service) => service.tasks.map((task) => ({ service, task })))
      .filter(({ task }) => ids.has(task.id));
    return {
      tasks: found.map(({ service, task }) => taskDescription(service, task)),
      failures: [...ids]
        .filter((id) => !found.some(({ task }) => task.id === id))
        .map((id) => ({ arn: taskArn(cluster, id), reason: "MISSING" })),
    };
  };
