import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { Queues } from "../queues.ts";
import { queueDataSource, queueResource } from "./queue.ts";
import { queuePolicyResource } from "./queue-policy.ts";
import { queueRedriveAllowPolicyResource } from "./queue-redrive-allow-policy.ts";
import { queueRedrivePolicyResource } from "./queue-redrive-policy.ts";

export function sqsTerraform(queues: Queues): TerraformParts {
  return {
    resources: [
      queueResource(queues),
      queuePolicyResource(queues),
      queueRedrivePolicyResource(queues),
      queueRedriveAllowPolicyResource(queues),
    ],
    dataSources: [queueDataSource(queues)],
  };
}
