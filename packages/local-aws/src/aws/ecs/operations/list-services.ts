import type { Call } from "../../../gateway/protocol.ts";
import { clusterArn } from "../arns.ts";
import type { ClusterInput } from "../cluster-input.ts";
import type { EcsContext } from "./context.ts";

export const listServices =
  ({ services }: EcsContext) =>
  ({ cluster = "default" }: ClusterInput, call: Call): object => {
    call.authorize("ecs:ListServices", clusterArn(cluster));
    return { serviceArns: services.inCluster(cluster).map(({ settings }) => settings.arn) };
  };
