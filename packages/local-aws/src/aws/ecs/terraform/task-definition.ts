import { text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { taskDefinitionArn } from "../arns.ts";
import { taskDefinitionOf } from "../task-definition.ts";
import type { TaskDefinitions } from "../task-definitions.ts";

export function taskDefinitionResource(taskDefinitions: TaskDefinitions): ResourceHandler {
  return {
    type: "aws_ecs_task_definition",
    create(planned) {
      const family = text(planned.family);
      const revision = taskDefinitions.nextRevision(family);
      const computed = {
        id: family,
        revision,
        arn: taskDefinitionArn(family, revision),
        arn_without_revision: taskDefinitionArn(family),
      };
      taskDefinitions.put(taskDefinitionOf({ ...planned, ...computed }));
      return computed;
    },
    start: (attributes) => taskDefinitions.put(taskDefinitionOf(attributes)),
  };
}
