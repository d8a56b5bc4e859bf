import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { CloudwatchLogSubscriptionFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";

/** The names of what the stack `logs` creates, after the prefix. */
export const LAKE = { deliveryStream: "logs", subscriptionRole: "log-subscription" } as const;

export interface LakeSubscriptionProps {
  readonly logGroup: Pick<CloudwatchLogGroup, "name">;
}

/**
 * Sends all events of a log group to the log lake. Every log group has one; `stacks/log-lake.test.ts` lists the
 * exceptions. The delivery stream and the role are named before they exist, so that a stack with a log group needs no
 * output of the stack `logs`.
 */
export class LakeSubscription extends Construct {
  constructor(scope: Construct, id: string, { logGroup }: LakeSubscriptionProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { accountId } = stack.environment;
    const role = stack.physicalName("role", LAKE.subscriptionRole);
    new CloudwatchLogSubscriptionFilter(this, "Filter", {
      name: "lake",
      logGroupName: logGroup.name,
      filterPattern: "", // Every event.
      destinationArn: stack.arn(
        "firehose",
        `deliverystream/${stack.physicalName("deliveryStream", LAKE.deliveryStream)}`,
      ),
      roleArn: `arn:aws:iam::${accountId}:role/${role}`,
      distribution: "ByLogStream",
    });
  }
}
