import { type Access, queryService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { FunctionPermissions, LambdaInvoker } from "../lambda/invoker.ts";
import { forwarding } from "./forwarding.ts";
import { probeHttp } from "./http-target.ts";
import { healthCheckEvent, invocationSource, lambdaAnswer } from "./lambda-target.ts";
import { LoadBalancer } from "./load-balancer.ts";
import type {
  Action,
  Listener,
  LoadBalancerSettings,
  Rule,
  Target,
  TargetGroupSettings,
  TargetHealth,
} from "./model.ts";
import { loadBalancingOperations } from "./operations.ts";
import { ProbeTimeoutError } from "./registered-target.ts";
import { TargetGroup } from "./target-group.ts";
import { loadBalancingTerraform } from "./terraform.ts";

/** What brings targets of its own: ECS its tasks, Auto Scaling its instances. All throw `AwsError` `TargetGroupNotFound`. */
export interface TargetRegistry {
  /** Adds a target, or leaves it when it is there. `port` is that of its process on this machine. */
  register(targetGroupArn: string, target: Target): void;
  /** Gives it no more requests; it is `draining` in {@link health} until those under way have ended, and then not there. */
  deregister(targetGroupArn: string, target: Target): void;
  health(targetGroupArn: string): TargetHealth[];
  /** Requests that went to the group's targets since the start: what scaling by requests per target counts. */
  requests(targetGroupArn: string): number;
}

export interface ElasticLoadBalancingOptions {
  readonly access: Access;
  readonly ports: Ports;
  readonly lambda: LambdaInvoker & FunctionPermissions;
  readonly clock: Clock;
  /** From 0 up to, but not including, 1: which of several weighted groups gets a request. */
  readonly random: () => number;
  /** Milliseconds of a second, for tests of what AWS counts in seconds. */
  readonly second?: number;
}

/** Application Load Balancers on loopback ports, with listeners, rules and target groups. */
export class ElasticLoadBalancing implements TargetRegistry {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #options: ElasticLoadBalancingOptions;
  readonly #second: number;
  readonly #balancers = new Map<string, LoadBalancer>();
  readonly #groups = new Map<string, TargetGroup>();

  constructor(options: ElasticLoadBalancingOptions) {
    this.#options = options;
    this.#second = options.second ?? 1_000;
    this.service = queryService(
      {
        signingName: "elasticloadbalancing",
        namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
        operations: loadBalancingOperations(this),
      },
      options.access,
    );
    this.terraform = loadBalancingTerraform(this);
  }

  get balancers(): readonly LoadBalancer[] {
    return [...this.#balancers.values()];
  }

  get groups(): readonly TargetGroup[] {
    return [...this.#groups.values()];
  }

  /** @throws AwsError `LoadBalancerNotFound`. */
  balancer(arn: string): LoadBalancer {
    const balancer = this.#balancers.get(arn);
    if (!balancer) throw new AwsError("LoadBalancerNotFound", `One or more load balancers not found: ${arn}`);
    return balancer;
  }

  /** @throws AwsError `TargetGroupNotFound`. */
  group(arn: string): TargetGroup {
    const group = this.#groups.get(arn);
    if (!group) throw new AwsError("TargetGroupNotFound", `One or more target groups not found: ${arn}`);
    return group;
  }

  /** The load balancer of these settings, listening. */
  async open(settings: LoadBalancerSettings): Promise<LoadBalancer> {
    const existing = this.#balancers.get(settings.arn);
    if (existing) {
      existing.settings = settings;
      return existing;
    }
    const { lambda, random, clock, ports } = this.#options;
    const groupOf = (arn: string) => this.#groups.get(arn);
    const forward = forwarding({ lambda, random, groupOf });
    const balancer = new LoadBalancer({ settings, now: clock.now, second: this.#second, forward });
    await balancer.listen(await ports.claim(portName(settings.arn)));
    this.#balancers.set(settings.arn, balancer);
    return balancer;
  }

  async deleteBalancer(arn: string): Promise<void> {
    const balancer = this.#balancers.get(arn);
    this.#balancers.delete(arn);
    await balancer?.close();
    this.#options.ports.release(portName(arn));
  }

  async putListener(listener: Listener): Promise<void> {
    const balancer = this.balancer(listener.loadBalancerArn);
    await balancer.putListener(listener, () => this.#options.ports.claim(portName(listener.arn)));
    this.#markUsed();
  }

  async deleteListener({ arn, loadBalancerArn }: Pick<Listener, "arn" | "loadBalancerArn">): Promise<void> {
    await this.#balancers.get(loadBalancerArn)?.deleteListener(arn);
    this.#options.ports.release(portName(arn));
    this.#markUsed();
  }

  /** @throws AwsError `ListenerNotFound`, `PriorityInUse`. */
  putRule(rule: Rule): void {
    const balancer = this.#balancerOf(rule.listenerArn);
    balancer.putRule(rule);
    this.#markUsed();
  }

  deleteRule({ arn, listenerArn }: Pick<Rule, "arn" | "listenerArn">): void {
    this.#find(listenerArn)?.deleteRule(arn);
    this.#markUsed();
  }

  rulesOf(listenerArn: string): Rule[] {
    return this.#balancerOf(listenerArn).rules.filter((rule) => rule.listenerArn === listenerArn);
  }

  putGroup(settings: TargetGroupSettings): void {
    const existing = this.#groups.get(settings.arn);
    if (existing) existing.configure(settings);
    else this.#groups.set(settings.arn, new TargetGroup(settings, this.#probe(settings.arn), this.#second));
    this.#markUsed();
  }

  /** @throws AwsError `ResourceInUse` while a listener leads to it. */
  deleteGroup(arn: string): void {
    if (this.balancersOf(arn).length > 0) {
      throw new AwsError("ResourceInUse", `Target group '${arn}' is currently in use by a listener or a rule`);
    }
    this.#groups.get(arn)?.close();
    this.#groups.delete(arn);
  }

  /** The load balancers of which a listener leads to a group. */
  balancersOf(groupArn: string): LoadBalancer[] {
    return this.balancers.filter(({ listeners, rules }) =>
      [...listeners.map(({ defaultAction }) => defaultAction), ...rules.map(({ action }) => action)].some((action) =>
        groupsOf(action).includes(groupArn),
      ),
    );
  }

  /** @throws AwsError `AccessDenied` for a function that may not be invoked from this group, which AWS asks when it is registered. */
  checkTarget(targetGroupArn: string, { id }: Target): void {
    if (this.group(targetGroupArn).settings.targetType !== "lambda") return;
    try {
      this.#options.lambda.checkPermission(id, invocationSource(targetGroupArn));
    } catch {
      const message = `elasticloadbalancing principal does not have permission to invoke ${id} from target group ${targetGroupArn}`;
      throw new AwsError("AccessDenied", message, 403);
    }
  }

  register(targetGroupArn: string, target: Target): void {
    this.group(targetGroupArn).register(target);
  }

  deregister(targetGroupArn: string, target: Target): void {
    this.group(targetGroupArn).deregister(target);
  }

  health(targetGroupArn: string): TargetHealth[] {
    return this.group(targetGroupArn).health();
  }

  requests(targetGroupArn: string): number {
    return this.group(targetGroupArn).requests;
  }

  async close(): Promise<void> {
    for (const group of this.#groups.values()) group.close();
    await Promise.all(this.balancers.map((balancer) => balancer.close()));
  }

  #find(listenerArn: string): LoadBalancer | undefined {
    return this.balancers.find(({ listeners }) => listeners.some(({ arn }) => arn === listenerArn));
  }

  #balancerOf(listenerArn: string): LoadBalancer {
    const balancer = this.#find(listenerArn);
    if (!balancer) throw new AwsError("ListenerNotFound", `One or more listeners not found: ${listenerArn}`);
    return balancer;
  }

  #markUsed(): void {
    for (const [arn, group] of this.#groups) group.isUsed = this.balancersOf(arn).length > 0;
  }

  #probe(groupArn: string) {
    return async (target: Target, check: TargetGroupSettings["healthCheck"]): Promise<number> => {
      const { settings } = this.group(groupArn);
      if (settings.targetType !== "lambda") return probeHttp(target, check, this.#second);
      const answering = lambdaAnswer(
        this.#options.lambda,
        target.id,
        settings,
        healthCheckEvent(settings, check.path),
      ).then(({ status }) => status);
      return within(answering, check.timeout * this.#second);
    };
  }
}

function groupsOf(action: Action): string[] {
  return action.type === "forward" ? action.targetGroups.map(({ arn }) => arn) : [];
}

function portName(arn: string): string {
  return `load-balancing/${arn.replace(/^.*:/, "")}`;
}

async function within(answering: Promise<number>, milliseconds: number): Promise<number> {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new ProbeTimeoutError("no answer from the function")), milliseconds);
  try {
    return await Promise.race([answering, expired]);
  } finally {
    clearTimeout(timer);
  }
}
