import type { Operation } from "../../../gateway/protocol.ts";
import type { EcsContext } from "./context.ts";
import { describeClusters } from "./describe-clusters.ts";
import { describeServices } from "./describe-services.ts";
import { describeTaskDefinition } from "./describe-task-definition.ts";
import { describeTasks } from "./describe-tasks.ts";
import { listClusters } from "./list-clusters.ts";
import { listServices } from "./list-services.ts";
import { listTasks } from "./list-tasks.ts";
import { stopTask } from "./stop-task.ts";
import { updateService } from "./update-service.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html */
export function ecsOperations(context: EcsContext): Readonly<Record<string, Operation>> {
  return {
    DescribeClusters: describeClusters(context),
    DescribeServices: describeServices(context),
    DescribeTaskDefinition: describeTaskDefinition(context),
    DescribeTasks: describeTasks(context),
    ListClusters: listClusters(context),
    ListServices: listServices(context),
    ListTasks: listTasks(context),
    StopTask: stopTask(context),
    UpdateService: updateService(context),
  };
}
