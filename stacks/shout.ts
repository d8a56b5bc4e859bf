import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group/index.js";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment/index.js";
import type { App } from "cdktf";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle, Bundles } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { Alarms } from "./constructs/alarms.ts";
import { allowToOutside } from "./constructs/conversation.ts";
import { Dashboard } from "./constructs/dashboard.ts";
import { NamedSecurityGroup } from "./constructs/named-security-group.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import { PublicLoadBalancer } from "./constructs/public-load-balancer.ts";
import type { Environment } from "./environment/environment.ts";
import { shoutWatches } from "./shout/alarm-definitions.ts";
import type { StateBucketOutputs } from "./state-bucket.ts";
import type { VpcOutputs } from "./vpc.ts";

export interface ShoutOutputs {
  /** Where people have their words shouted, without a slash at the end. */
  readonly url: string;
  readonly functionName: string;
}

export interface ShoutStackProps extends StackProps {
  readonly stateBucket: Published<StateBucketOutputs>;
  readonly vpc: Published<VpcOutputs>;
  readonly bundle: Bundle;
}

/** A load balancer in public subnets, and behind it a function in private ones, whose way to SHOUTCLOUD is the NAT gateway. */
export class ShoutStack extends BaseStack {
  readonly outputs: Published<ShoutOutputs>;

  constructor(scope: Construct, id: string, props: ShoutStackProps) {
    super(scope, id, props);
    const vpc = this.read(props.vpc);
    const shout = this.#function(vpc, props.bundle);
    const targets = this.#targets(shout);
    const balancer = new PublicLoadBalancer(this, "Balancer", {
      thing: "shout",
      system: "the Shout system",
      vpcId: vpc.vpcId,
      publicSubnetIds: vpc.publicSubnetIds,
      accessLogBucket: this.read(props.stateBucket).accessLogBucket,
      certificateArn: this.environment.shout.certificateArn,
      targetGroupArn: targets.arn,
    });
    const watches = shoutWatches({
      functionName: shout.name,
      loadBalancer: balancer.arnSuffix,
      targetGroup: targets.arnSuffix,
    });
    new Alarms(this, "Alarms", { watches, topicArn: this.alarmTopicArn });
    new Dashboard(this, "Dashboard", { thing: "shout", watches });
    this.outputs = this.publish({ url: balancer.url, functionName: shout.name });
  }

  #function({ vpcId, privateSubnetIds }: VpcOutputs, bundle: Bundle): NodeFunction {
    const { shoutcloudUrl } = this.environment.shout;
    const group = new NamedSecurityGroup(this, "FunctionGroup", {
      vpcId,
      thing: "shout-lambda",
      description: "The shout function",
    });
    // security groups know addresses and no names, and SHOUTCLOUD's may be any
    const port = Number(new URL(shoutcloudUrl).port) || (shoutcloudUrl.startsWith("https:") ? 443 : 80);
    allowToOutside(this, "FunctionToShoutcloud", { party: group, cidrBlock: "0.0.0.0/0", port, what: "SHOUTCLOUD" });
    return new NodeFunction(this, "Function", {
      service: "shout",
      bundle,
      description: "Turns text round and has it shouted",
      variables: { SHOUTCLOUD_URL: shoutcloudUrl },
      statements: [],
      timeout: 15, // two tries of SHOUTCLOUD take 8 s, and it answers for itself when they were in vain
      memory: 512,
      network: { subnetIds: privateSubnetIds, securityGroupId: group.id },
    });
  }

  #targets(shout: NodeFunction): LbTargetGroup {
    const group = new LbTargetGroup(this, "Targets", {
      name: this.physicalName("targetGroup", "shout"),
      targetType: "lambda",
      // each check is an invocation, and keeps a sandbox warm
      healthCheck: {
        enabled: true,
        path: "/health",
        matcher: "200",
        interval: 60,
        timeout: 10,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    });
    const permission = new LambdaPermission(this, "Invoke", {
      statementId: "AllowLoadBalancer",
      functionName: shout.function.functionName,
      action: "lambda:InvokeFunction",
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: group.arn,
    });
    new LbTargetGroupAttachment(this, "Target", {
      targetGroupArn: group.arn,
      targetId: shout.arn,
      dependsOn: [permission], // it is refused without one
    });
    return group;
  }
}

export interface ShoutProps {
  readonly environment: Environment;
  readonly bundles: Bundles;
  readonly stateBucket: Published<StateBucketOutputs>;
  readonly vpc: Published<VpcOutputs>;
}

/** The stack of the Shout system. */
export function addShoutStack(app: App, { environment, bundles, stateBucket, vpc }: ShoutProps): void {
  new ShoutStack(app, "shout", { environment, stateBucket, vpc, bundle: bundles.shout });
}
