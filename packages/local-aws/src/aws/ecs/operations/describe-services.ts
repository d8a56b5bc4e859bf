import type { Call } from "../../../gateway/protocol.ts";
import { nameOf, serviceArn } from "../arns.ts";
import type { ClusterInput } from "../cluster-input.ts";
import { serviceDescription } from "../service-description.ts";
import type { EcsContext } from "./context.ts";

interface Input extends ClusterInput {
  readonly services: readonly string[];
}

export const describeServices =
  ({ services }: EcsContext) =>
  ({ cluster = "default", services: references }: Input, call: Call): object => {
    for (const reference of references) call.authorize("ecs:DescribeServices", serviceArn(cluster, reference));
    const names = new Set(references.map(nameOf));
    const found = services.inCluster(cluster).filter(({ settings }) => names.has(settings.name));
    const missing = [...names].filter((name) => !found.some(({ settings }) => settings.name === name));
    return {
      services: found.map(serviceDescription),
      failures: missing.map((name) => ({ arn: serviceArn(cluster, name), reason: "MISSING" })),
    };
  };
