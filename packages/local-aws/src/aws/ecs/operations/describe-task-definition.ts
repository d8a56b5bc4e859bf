import type { Call } from "../../../gateway/protocol.ts";
import type { EcsContext } from "./context.ts";

interface Input {
  readonly taskDefinition: string;
}

export const describeTaskDefinition =
  ({ taskDefinitions }: EcsContext) =>
  ({ taskDefinition }: Input, call: Call): object => {
    call.authorize("ecs:DescribeTaskDefinition", "*");
    const { arn, family, revision, container } = taskDefinitions.get(taskDefinition);
    return { taskDefinition: { taskDefinitionArn: arn, family, revision, containerDefinitions: [container] } };
  };
