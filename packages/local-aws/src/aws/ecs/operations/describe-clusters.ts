import type { Call } from "../../../gateway/protocol.ts";
import { activeTasks } from "../active-tasks.ts";
import { clusterArn, nameOf } from "../arns.ts";
import type { EcsContext } from "./context.ts";

interface Input {
  readonly clusters?: readonly string[];
}

export const describeClusters =
  (context: EcsContext) =>
  ({ clusters = ["default"] }: Input, call: Call): object => {
    for (const cluster of clusters) call.authorize("ecs:DescribeClusters", clusterArn(cluster));
    const found = clusters.filter((cluster) => context.clusters.has(cluster));
    return {
      clusters: found.map((cluster) => ({
        clusterArn: clusterArn(cluster),
        clusterName: nameOf(cluster),
        status: "ACTIVE",
        activeServicesCount: context.services.inCluster(cluster).length,
        runningTasksCount: context.services.inCluster(cluster).flatMap(activeTasks).length,
      })),
      failures: clusters
        .filter((cluster) => !found.includes(cluster))
        .map((cluster) => ({ arn: clusterArn(cluster), reason: "MISSING" })),
    };
  };
