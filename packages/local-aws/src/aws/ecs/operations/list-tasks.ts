import type { Call } from "../../../gateway/protocol.ts";
import { activeTasks } from "../active-tasks.ts";
import { taskArn } from "../arns.ts";
import type { ClusterInput } from "../cluster-input.ts";
import type { EcsContext } from "./context.ts";

interface Input extends ClusterInput {
  readonly serviceName?: string;
}

export const listTasks =
  ({ services }: EcsContext) =>
  ({ cluster = "default", serviceName }: Input, call: Call): object => {
    call.authorize("ecs:ListTasks", "*");
    const selected = serviceName === undefined ? services.inCluster(cluster) : [services.get(cluster, serviceName)];
    return { taskArns: selected.flatMap(activeTasks).map(({ id }) => taskArn(cluster, id)) };
  };
