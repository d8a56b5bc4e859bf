import type { Call } from "../../../gateway/protocol.ts";
import type { EcsContext } from "./context.ts";

export const listClusters =
  ({ clusters }: EcsContext) =>
  (_input: unknown, call: Call): object => {
    call.authorize("ecs:ListClusters", "*");
    return { clusterArns: clusters.arns() };
  };
