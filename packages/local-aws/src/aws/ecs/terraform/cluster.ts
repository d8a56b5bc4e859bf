import { optionalText, text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { clusterArn } from "../arns.ts";
import type { Clusters } from "../clusters.ts";

export function clusterResource(clusters: Clusters): ResourceHandler {
  return {
    type: "aws_ecs_cluster",
    identity: ({ name }) => optionalText(name),
    plan(planned) {
      if (typeof planned.name === "string") planned.arn = clusterArn(planned.name);
    },
    create: ({ name }) => ({ id: clusterArn(text(name)), arn: clusterArn(text(name)) }),
    start: ({ name }) => clusters.put(text(name)),
    delete: ({ name }) => clusters.delete(text(name)),
  };
}
