import { text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Target } from "../target.ts";
import type { TargetGroups } from "../target-groups.ts";
import { newIdentifier } from "./identifier.ts";

export function targetGroupAttachmentResource(targetGroups: TargetGroups): ResourceHandler {
  return {
    type: "aws_lb_target_group_attachment",
    create(planned) {
      const groupArn = text(planned.target_group_arn);
      targetGroups.checkPermission(groupArn, targetOf(planned));
      return { id: `${groupArn}-${newIdentifier()}` };
    },
    start: (attributes) => targetGroups.register(text(attributes.target_group_arn), targetOf(attributes)),
    delete: (attributes) => targetGroups.deregister(text(attributes.target_group_arn), targetOf(attributes)),
  };
}

function targetOf({ target_id, port }: Attributes): Target {
  return { id: text(target_id), port: typeof port === "number" ? port : undefined };
}
