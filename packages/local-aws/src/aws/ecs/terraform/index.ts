import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { Clusters } from "../clusters.ts";
import type { Services } from "../services.ts";
import type { TaskDefinitions } from "../task-definitions.ts";
import { clusterResource } from "./cluster.ts";
import { serviceResource } from "./service.ts";
import { taskDefinitionResource } from "./task-definition.ts";

interface EcsTerraformOptions {
  readonly clusters: Clusters;
  readonly taskDefinitions: TaskDefinitions;
  readonly services: Services;
}

export function ecsTerraform({ clusters, taskDefinitions, services }: EcsTerraformOptions): TerraformParts {
  return {
    resources: [clusterResource(clusters), taskDefinitionResource(taskDefinitions), serviceResource(services)],
  };
}
