import { text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { serviceArn } from "../arns.ts";
import { serviceSettingsOf } from "../service-settings.ts";
import type { Services } from "../services.ts";

export function serviceResource(services: Services): ResourceHandler {
  return {
    type: "aws_ecs_service",
    identity: ({ cluster, name }) => `${text(cluster)}/${text(name)}`,
    create: ({ cluster, name }) => {
      const id = serviceArn(text(cluster), text(name));
      return { id, arn: id };
    },
    start: (attributes) => services.put(serviceSettingsOf(attributes), attributes.wait_for_steady_state === true),
    read(attributes) {
      const { desiredCount, primary } = services.get(text(attributes.cluster), text(attributes.name));
      return { desired_count: desiredCount, task_definition: primary.definition.arn };
    },
    delete: (attributes) => services.remove(text(attributes.id)),
  };
}
