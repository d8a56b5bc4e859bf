import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group/index.js";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment/index.js";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import { ANYWHERE } from "./base/cidr-blocks.ts";
import type { Published } from "./base/outputs.ts";
import { Alarms } from "./constructs/alarms.ts";
import { Dashboard } from "./constructs/dashboard/dashboard.ts";
import { alarmName } from "./constructs/describe-alarm.ts";
import { NamedSecurityGroup } from "./constructs/named-security-group.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import { PublicLoadBalancer } from "./constructs/public-load-balancer.ts";
import { allowToCidr } from "./constructs/security-group-rules.ts";
import { shoutAlarmDefinitions } from "./shout/alarm-definitions.ts";
import { shoutDashboard } from "./shout/dashboard.ts";
import type { StateBucketOutputs } from "./state-bucket.ts";
import type { VpcOutputs } from "./vpc.ts";

export interface ShoutOutputs {
  /** The URL of the API, without a trailing slash. */
  readonly url: string;
  readonly functionName: string;
  /** The load balancer, as a dimension of metrics. */
  readonly loadBalancer: string;
}

export interface ShoutStackProps extends StackProps {
  readonly stateBucket: Published<StateBucketOutputs>;
  readonly vpc: Published<VpcOutputs>;
  readonly bundle: Bundle;
}

/**
 * The Shout system: a load balancer in public subnets and a function in private subnets, which calls the SHOUTCLOUD API
 * through the NAT gateway.
 */
export class ShoutStack extends BaseStack {
  readonly outputs: Published<ShoutOutputs>;

  constructor(scope: Construct, id: string, props: ShoutStackProps) {
    super(scope, id, props);
    const vpc = this.read(props.vpc);
    const shout = this.#function(vpc, props.bundle);
    const targets = this.#targets(shout);
    const balancer = new PublicLoadBalancer(this, "Balancer", {
      name: "shout",
      system: "the Shout system",
      vpcId: vpc.vpcId,
      publicSubnetIds: vpc.publicSubnetIds,
      accessLogBucket: this.read(props.stateBucket).accessLogBucket,
      certificateArn: this.environment.shout.certificateArn,
      targetGroupArn: targets.arn,
    });
    const monitored = {
      functionName: shout.name,
      loadBalancer: balancer.arnSuffix,
      targetGroup: targets.arnSuffix,
      upstreamErrorsAlarm: alarmName(this, "ShoutUpstreamErrors"),
    };
    new Dashboard(this, "Dashboard", {
      name: "shout",
      title: "Shout",
      summary: "The load balancer, and the function that calls SHOUTCLOUD.",
      alarms: new Alarms(this, "Alarms", { alarmDefinitions: shoutAlarmDefinitions(monitored) }),
      rows: shoutDashboard(monitored),
    });
    this.outputs = this.publish({
      url: balancer.url,
      functionName: shout.name,
      loadBalancer: balancer.arnSuffix,
    });
  }

  #function({ vpcId, privateSubnetIds }: VpcOutputs, bundle: Bundle): NodeFunction {
    const { shoutcloudUrl, reservedConcurrency } = this.environment.shout;
    const group = new NamedSecurityGroup(this, "FunctionGroup", {
      vpcId,
      name: "shout-lambda",
      description: "The shout function",
    });
    // Security groups do not support host names, and the addresses of SHOUTCLOUD may change.
    const port = Number(new URL(shoutcloudUrl).port) || (shoutcloudUrl.startsWith("https:") ? 443 : 80);
    allowToCidr(this, "FunctionToShoutcloud", { group, cidrBlock: ANYWHERE, port, traffic: "SHOUTCLOUD" });
    return new NodeFunction(this, "Function", {
      service: "shout",
      bundle,
      description: "Reverses text and converts it to upper case with SHOUTCLOUD",
      variables: { SHOUTCLOUD_URL: shoutcloudUrl },
      statements: [],
      timeout: 15, // Two attempts on SHOUTCLOUD take 8 s, and the function still has to return an error after them.
      memory: 512,
      reservedConcurrency,
      network: { subnetIds: privateSubnetIds, securityGroupId: group.id },
    });
  }

  #targets(shout: NodeFunction): LbTargetGroup {
    const group = new LbTargetGroup(this, "Targets", {
      name: this.physicalName("targetGroup", "shout"),
      targetType: "lambda",
      // Every health check is an invocation, which also keeps an execution environment warm.
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
      functionName: shout.resource.functionName,
      action: "lambda:InvokeFunction",
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: group.arn,
    });
    new LbTargetGroupAttachment(this, "Target", {
      targetGroupArn: group.arn,
      targetId: shout.arn,
      dependsOn: [permission], // Elastic Load Balancing rejects the target without it.
    });
    return group;
  }
}
