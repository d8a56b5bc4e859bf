import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";

/** Where each of the three programs listens. */
export const PROGRAM_PORT = 8080;

export interface ProgramTargetsProps {
  /** Its name after the prefix. */
  readonly service: string;
  readonly vpcId: string;
  readonly targetType: "instance" | "ip";
}

/** The copies of a program, as the load balancer knows them. */
export class ProgramTargets extends Construct {
  readonly arn: string;
  readonly arnSuffix: string;

  constructor(scope: Construct, id: string, { service, vpcId, targetType }: ProgramTargetsProps) {
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
        timeout: 4, // the program gives up on its database after 3 s
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    });
    this.arn = group.arn;
    this.arnSuffix = group.arnSuffix;
  }
}
