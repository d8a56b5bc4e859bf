import type { Clusters } from "../clusters.ts";
import type { Services } from "../services.ts";
import type { TaskDefinitions } from "../task-definitions.ts";

/** The dependencies of the operations. */
export interface EcsContext {
  readonly clusters: Clusters;
  readonly taskDefinitions: TaskDefinitions;
  readonly services: Services;
}
