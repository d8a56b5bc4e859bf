import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Queues } from "../queues.ts";
import { policyAttachment } from "./policy-attachment.ts";

export function queueRedriveAllowPolicyResource(queues: Queues): ResourceHandler {
  return policyAttachment(queues, {
    type: "aws_sqs_queue_redrive_allow_policy",
    argument: "redrive_allow_policy",
    field: "redriveAllowPolicy",
  });
}
