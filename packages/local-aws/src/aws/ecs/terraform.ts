import { optionalText, text } from "../../provider/attributes.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import { arn } from "../../runtime/account.ts";
import { clusterArn, type Ecs, serviceArn } from "./ecs.ts";
import { serviceOf, taskDefinitionOf } from "./model.ts";

/** Clusters, task definitions and services. */
export function ecsTerraform(ecs: Ecs): TerraformParts {
  return {
    resources: [
      {
        type: "aws_ecs_cluster",
        identifiers: { arn: "ecs:*:cluster/{name}", arnIsId: true },
        identity: ({ name }) => optionalText(name),
        plan(planned) {
          if (typeof planned.name === "string") planned.arn = clusterArn(planned.name);
        },
        create: ({ name }) => ({ id: clusterArn(text(name)), arn: clusterArn(text(name)) }),
        start: ({ name }) => void ecs.clusters.set(text(name), clusterArn(text(name))),
        delete: ({ name }) => void ecs.clusters.delete(text(name)),
      },
      {
        type: "aws_ecs_task_definition",
        identifiers: { arn: "ecs:*:task-definition/{family}:{revision}" },
        create(planned) {
          const family = text(planned.family);
          const revision = ecs.nextRevision(family);
          const without = arn("ecs", `task-definition/${family}`);
          const made = { id: family, revision, arn: `${without}:${revision}`, arn_without_revision: without };
          ecs.putDefinition(taskDefinitionOf({ ...planned, ...made }));
          return made;
        },
        start: (attributes) => ecs.putDefinition(taskDefinitionOf(attributes)),
      },
      {
        type: "aws_ecs_service",
        identity: ({ cluster, name }) => `${text(cluster)}/${text(name)}`,
        create: ({ cluster, name }) => {
          const id = serviceArn(text(cluster), text(name));
          return { id, arn: id };
        },
        start: (attributes) => ecs.put(serviceOf(attributes), attributes.wait_for_steady_state === true),
        read(attributes) {
          const { desiredCount, primary } = ecs.find(text(attributes.cluster), text(attributes.name));
          return { desired_count: desiredCount, task_definition: primary.definition.arn };
        },
        delete: (attributes) => ecs.remove(text(attributes.id)),
      },
    ],
  };
}
