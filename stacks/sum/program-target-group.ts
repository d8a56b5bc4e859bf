import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";

/** The port of all three programs. */
export const PROGRAM_PORT = 8080;

export interface ProgramTargetGroupProps {
  /** Its name after the prefix. */
  readonly service: string;
  readonly vpcId: string;
  readonly targetType: "instance" | "ip";
}

/** The target group of a program. */
export class ProgramTargetGroup extends Construct {
  readonly arn: string;
  readonly arnSuffix: string;

  constructor(scope: Construct, id: string, { service, vpcId, targetType }: ProgramTargetGroupProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const group = new LbTargetGroup(this, "Group", {
      name: stack.physicalName("targetGroup", service),
      vpcId,
      targetType,
      port: PROGRAM_PORT,
      protocol: "HTTP",
      deregistrationDelay: "30",
      loadBalancingAlgorithmType: "least_outstanding_requests",
      healthCheck: {
        enabled: true,
        path: "/health",
        protocol: "HTTP",
        matcher: "200",
        interval: stack.environment.sum.healthCheckInterval,
        timeout: 4, // The health check of the program waits up to 3 s for its database.
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    });
    this.arn = group.arn;
    this.arnSuffix = group.arnSuffix;
  }
}
