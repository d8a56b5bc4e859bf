import { blocks, optionalText, text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { DbInstances } from "../db-instances.ts";

export function dbParameterGroupResource(instances: DbInstances): ResourceHandler {
  return {
    type: "aws_db_parameter_group",
    identifiers: { arn: "rds:*:pg:{name}" },
    identity: ({ name }) => optionalText(name),
    start: ({ name, parameter }) =>
      instances.putParameterGroup(
        text(name),
        blocks(parameter).map((block) => ({ name: text(block.name), value: text(block.value) })),
      ),
    delete: ({ name }) => instances.deleteParameterGroup(text(name)),
  };
}
