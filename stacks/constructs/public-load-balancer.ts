import { Lb } from "@cdktf/provider-aws/lib/lb/index.js";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener/index.js";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { Statement } from "../base/policy.ts";
import { HTTP, HTTPS } from "../vpc/ports.ts";
import { allowConversation, allowFromOutside, type Party } from "./conversation.ts";
import { NamedSecurityGroup } from "./named-security-group.ts";
import { PrivateBucket } from "./private-bucket.ts";

export interface PublicLoadBalancerProps {
  /** Its name after the prefix. */
  readonly thing: string;
  /** The system behind it, for people. */
  readonly system: string;
  readonly vpcId: string;
  readonly publicSubnetIds: readonly string[];
  /** Where the access log of its own log's bucket goes. */
  readonly accessLogBucket: string;
  /** With it everything is HTTPS and plain HTTP leads there. */
  readonly certificateArn: string | undefined;
  /** Where requests go that no rule takes. */
  readonly targetGroupArn: string;
}

export interface Route {
  /** With `*` and `?`. */
  readonly path: string;
  /** The lowest is asked first. */
  readonly priority: number;
}

const ANYWHERE = "0.0.0.0/0";

/** TLS 1.2 and 1.3 with forward secrecy: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** A load balancer that the internet reaches, with a log of every request that is kept for a month. */
export class PublicLoadBalancer extends Construct {
  /** Without a slash at the end. */
  readonly url: string;
  /** What metrics and scaling policies call it. */
  readonly arnSuffix: string;
  readonly group: Party;
  readonly #listenerArn: string;

  constructor(scope: Construct, id: string, props: PublicLoadBalancerProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { certificateArn, targetGroupArn } = props;
    this.group = new NamedSecurityGroup(this, "SecurityGroup", {
      vpcId: props.vpcId,
      thing: `${props.thing}-balancer`,
      description: `The load balancer of ${props.system}`,
    });
    const ports = certificateArn === undefined ? { Http: HTTP } : { Http: HTTP, Https: HTTPS };
    for (const [name, port] of Object.entries(ports)) {
      allowFromOutside(this, `${name}In`, { party: this.group, cidrBlock: ANYWHERE, port, what: "Requests" });
    }

    const logs = new PrivateBucket(this, "Logs", {
      thing: `${props.thing}-balancer-logs`,
      accessLogs: { name: props.accessLogBucket },
      encryption: "s3", // load balancers deliver to no other: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
      expireAfterDays: 30,
      keepOldVersionsDays: 1,
      statements: (bucketArn) => [delivery(bucketArn, stack)],
    });
    const balancer = new Lb(this, "LoadBalancer", {
      name: stack.physicalName("loadBalancer", props.thing),
      loadBalancerType: "application",
      internal: false,
      subnets: [...props.publicSubnetIds],
      securityGroups: [this.group.id],
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      xffHeaderProcessingMode: "append", // the services read the client's address from the last entry
      idleTimeout: 60,
      enableDeletionProtection: stack.environment.dataOnDestroy === "keep",
      accessLogs: { bucket: logs.name, enabled: true },
      dependsOn: [logs.policy], // it tries to write when it is told where
    });
    this.arnSuffix = balancer.arnSuffix;
    this.url = `${certificateArn === undefined ? "http" : "https"}://${balancer.dnsName}`;

    const serve = [{ type: "forward", targetGroupArn }];
    if (certificateArn === undefined) {
      this.#listenerArn = new LbListener(this, "Http", {
        loadBalancerArn: balancer.arn,
        port: HTTP,
        protocol: "HTTP",
        defaultAction: serve,
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
      defaultAction: serve,
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

  /** Sends a path to targets of its own. */
  route(id: string, { path, priority }: Route, targetGroupArn: string): LbListenerRule {
    return new LbListenerRule(this, id, {
      listenerArn: this.#listenerArn,
      priority,
      condition: [{ pathPattern: { values: [path] } }],
      action: [{ type: "forward", targetGroupArn }],
    });
  }

  /** Lets it reach a program. */
  allowTo(id: string, to: Party, port: number): void {
    allowConversation(this, id, { from: this.group, to, port, what: "Requests" });
  }
}

function delivery(bucketArn: string, stack: BaseStack): Statement {
  return {
    sid: "TakeAccessLogs",
    principals: { service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    actions: ["s3:PutObject"],
    resources: [`${bucketArn}/AWSLogs/${stack.environment.accountId}/*`],
    conditions: { ArnLike: { "aws:SourceArn": stack.arn("elasticloadbalancing", "loadbalancer/*") } },
  };
}
