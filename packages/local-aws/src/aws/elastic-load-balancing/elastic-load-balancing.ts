import { type Access, queryService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { TrafficObserver } from "../../runtime/traffic.ts";
import type { Sample } from "../cloudwatch/sampler.ts";
import type { FunctionPermissions, LambdaInvoker } from "../lambda/invoker.ts";
import { forwarding } from "./forwarding.ts";
import { hostSamples } from "./host-metrics.ts";
import { LoadBalancers } from "./load-balancers.ts";
import { elasticLoadBalancingOperations } from "./operations/index.ts";
import { TargetGroups } from "./target-groups.ts";
import { elasticLoadBalancingTerraform } from "./terraform/index.ts";

export interface ElasticLoadBalancingOptions {
  readonly access: Access;
  readonly ports: Ports;
  readonly lambda: LambdaInvoker & FunctionPermissions;
  readonly clock: Clock;
  /** From 0 up to, but not including, 1: selects one of several weighted target groups for a request. */
  readonly random: () => number;
  /** Duration of a second in milliseconds, which tests shorten. Default: 1000. */
  readonly second?: number;
  /** Called for each request that was answered. */
  readonly onRequest?: TrafficObserver["onRequest"];
}

/** Application Load Balancers on loopback ports, with listeners, rules and target groups. */
export class ElasticLoadBalancing {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly targetGroups: TargetGroups;
  readonly #loadBalancers: LoadBalancers;

  constructor({ access, ports, lambda, clock, random, second = 1_000, onRequest }: ElasticLoadBalancingOptions) {
    const targetGroups = new TargetGroups({ lambda, second });
    const loadBalancers = new LoadBalancers({
      ports,
      clock,
      second,
      onRequest,
      forward: forwarding({ lambda, random, findTargetGroup: (arn) => targetGroups.find(arn) }),
      setTargetGroupsInUse: (arns) => targetGroups.setInUse(arns),
    });
    this.service = queryService(
      {
        signingName: "elasticloadbalancing",
        namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
        operations: elasticLoadBalancingOperations({ loadBalancers, targetGroups }),
      },
      access,
    );
    this.terraform = elasticLoadBalancingTerraform({ loadBalancers, targetGroups });
    this.targetGroups = targetGroups;
    this.#loadBalancers = loadBalancers;
  }

  /** Values for the metrics of the targets. */
  samples(): Sample[] {
    return hostSamples(this.#loadBalancers, this.targetGroups);
  }

  async close(): Promise<void> {
    this.targetGroups.close();
    await this.#loadBalancers.close();
  }
}
