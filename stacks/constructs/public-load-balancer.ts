import { Lb } from "@cdktf/provider-aws/lib/lb/index.js";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener/index.js";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { ANYWHERE } from "../base/cidr-blocks.ts";
import type { Statement } from "../base/policy.ts";
import { HTTP, HTTPS } from "../base/ports.ts";
import { NamedSecurityGroup } from "./named-security-group.ts";
import { PrivateBucket } from "./private-bucket.ts";
import { allowBetweenGroups, allowFromCidr, type SecurityGroupReference } from "./security-group-rules.ts";

export interface PublicLoadBalancerProps {
  /** The load balancer's name after the prefix. */
  readonly name: string;
  /** The system behind it, for descriptions. */
  readonly system: string;
  readonly vpcId: string;
  readonly publicSubnetIds: readonly string[];
  /** The bucket for the access log of the log bucket. */
  readonly accessLogBucket: string;
  /** With a certificate the load balancer serves HTTPS and redirects HTTP; without one it serves HTTP. */
  readonly certificateArn: string | undefined;
  /** The default target group, for requests that match no rule. */
  readonly targetGroupArn: string;
}

export interface Route {
  /** A path pattern with the wildcards `*` and `?`. */
  readonly path: string;
  /** The rule with the lowest value is evaluated first. */
  readonly priority: number;
}

/**
 * TLS 1.2 and 1.3 with forward secrecy:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** An internet-facing Application Load Balancer with an access log that is kept for 30 days. */
export class PublicLoadBalancer extends Construct {
  /** Without a trailing slash. */
  readonly url: string;
  /** The identifier in metrics and scaling policies. */
  readonly arnSuffix: string;
  readonly group: SecurityGroupReference;
  readonly #listenerArn: string;

  constructor(scope: Construct, id: string, props: PublicLoadBalancerProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { certificateArn, targetGroupArn } = props;
    this.group = new NamedSecurityGroup(this, "SecurityGroup", {
      vpcId: props.vpcId,
      name: `${props.name}-balancer`,
      description: `The load balancer of ${props.system}`,
    });
    const ports = certificateArn === undefined ? { Http: HTTP } : { Http: HTTP, Https: HTTPS };
    for (const [name, port] of Object.entries(ports)) {
      allowFromCidr(this, `${name}In`, { group: this.group, cidrBlock: ANYWHERE, port, traffic: "Requests" });
    }

    const logs = new PrivateBucket(this, "Logs", {
      name: `${props.name}-balancer-logs`,
      accessLogs: { name: props.accessLogBucket },
      // Required: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
      encryption: "s3",
      expireAfterDays: 30,
      noncurrentVersionDays: 1,
      statements: (bucketArn) => [logDeliveryStatement(bucketArn, stack)],
    });
    const balancer = new Lb(this, "LoadBalancer", {
      name: stack.physicalName("loadBalancer", props.name),
      loadBalancerType: "application",
      internal: false,
      subnets: [...props.publicSubnetIds],
      securityGroups: [this.group.id],
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      xffHeaderProcessingMode: "append", // The services read the client's address from the last entry.
      idleTimeout: 60,
      enableDeletionProtection: stack.environment.dataOnDestroy === "keep",
      accessLogs: { bucket: logs.name, enabled: true },
      dependsOn: [logs.policy], // Elastic Load Balancing writes a test object when logging is enabled.
    });
    this.arnSuffix = balancer.arnSuffix;
    this.url = `${certificateArn === undefined ? "http" : "https"}://${balancer.dnsName}`;

    const forward = [{ type: "forward", targetGroupArn }];
    if (certificateArn === undefined) {
      this.#listenerArn = new LbListener(this, "Http", {
        loadBalancerArn: balancer.arn,
        port: HTTP,
        protocol: "HTTP",
        defaultAction: forward,
      }).arn;
      return;
    }
    this.#listenerArn = new LbListener(this, "Https", {
      loadBalancerArn: balancer.arn,
      port: HTTPS,
      protocol: "HTTPS",
      certificateArn,
      sslPolicy: TLS_POLICY,
      routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
      defaultAction: forward,
    }).arn;
    new LbListener(this, "HttpToHttps", {
      loadBalancerArn: balancer.arn,
      port: HTTP,
      protocol: "HTTP",
      defaultAction: [
        { type: "redirect", redirect: { protocol: "HTTPS", port: String(HTTPS), statusCode: "HTTP_301" } },
      ],
    });
  }

  /** Forwards the requests for a path to another target group. */
  route(id: string, { path, priority }: Route, targetGroupArn: string): LbListenerRule {
    return new LbListenerRule(this, id, {
      listenerArn: this.#listenerArn,
      priority,
      condition: [{ pathPattern: { values: [path] } }],
      action: [{ type: "forward", targetGroupArn }],
    });
  }

  /** Allows connections from the load balancer to a security group. */
  allowTo(id: string, to: SecurityGroupReference, port: number): void {
    allowBetweenGroups(this, id, { from: this.group, to, port, traffic: "Requests" });
  }
}

function logDeliveryStatement(bucketArn: string, stack: BaseStack): Statement {
  return {
    sid: "DeliverAccessLogs",
    principals: { service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    actions: ["s3:PutObject"],
    resources: [`${bucketArn}/AWSLogs/${stack.environment.accountId}/*`],
    conditions: { ArnLike: { "aws:SourceArn": stack.arn("elasticloadbalancing", "loadbalancer/*") } },
  };
}
