import type { Call } from "../../../gateway/protocol.ts";
import { serviceArn } from "../arns.ts";
import type { ClusterInput } from "../cluster-input.ts";
import { serviceDescription } from "../service-description.ts";
import type { EcsContext } from "./context.ts";

interface Input extends ClusterInput {
  readonly service: string;
  readonly desiredCount?: number;
  readonly taskDefinition?: string;
  readonly forceNewDeployment?: boolean;
}

export const updateService =
  ({ services, taskDefinitions }: EcsContext) =>
  (input: Input, call: Call): object => {
    const { cluster = "default", desiredCount, taskDefinition, forceNewDeployment } = input;
    call.authorize("ecs:UpdateService", serviceArn(cluster, input.service));
    const service = services.get(cluster, input.service);
    if (desiredCount !== undefined) service.scale(desiredCount);
    if (taskDefinition !== undefined) service.deploy(taskDefinitions.get(taskDefinition));
    else if (forceNewDeployment) service.deploy(service.primary.definition);
    return { service: serviceDescription(service) };
  };
