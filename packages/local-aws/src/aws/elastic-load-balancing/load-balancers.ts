import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { TrafficObserver } from "../../runtime/traffic.ts";
import type { Action } from "./action.ts";
import type { Listener } from "./listener.ts";
import { type Forward, LoadBalancer } from "./load-balancer.ts";
import type { LoadBalancerSettings } from "./load-balancer-settings.ts";
import type { Rule } from "./rule.ts";

export interface LoadBalancersOptions {
  readonly ports: Ports;
  readonly clock: Clock;
  /** Duration of a second in milliseconds, which tests shorten. */
  readonly second: number;
  readonly forward: Forward;
  /** Called for each request that was answered. */
  readonly onRequest?: TrafficObserver["onRequest"];
  /** Called with the ARNs of all target groups in use whenever a listener or a rule changes. */
  setTargetGroupsInUse(arns: ReadonlySet<string>): void;
}

/** All load balancers, with their listeners and rules. */
export class LoadBalancers {
  readonly #options: LoadBalancersOptions;
  readonly #balancers = new Map<string, LoadBalancer>();

  constructor(options: LoadBalancersOptions) {
    this.#options = options;
  }

  all(): readonly LoadBalancer[] {
    return [...this.#balancers.values()];
  }

  /** @throws AwsError `LoadBalancerNotFound`. */
  get(arn: string): LoadBalancer {
    const balancer = this.#balancers.get(arn);
    if (!balancer) throw new AwsError("LoadBalancerNotFound", `One or more load balancers not found: ${arn}`);
    return balancer;
  }

  /** Creates a load balancer that listens, or changes the settings of the existing one. */
  async open(settings: LoadBalancerSettings): Promise<LoadBalancer> {
    const existing = this.#balancers.get(settings.arn);
    if (existing) {
      existing.settings = settings;
      return existing;
    }
    const { ports, ...options } = this.#options;
    const balancer = new LoadBalancer({ ...options, settings });
    await balancer.listen(await ports.claim(portName(settings.arn)));
    this.#balancers.set(settings.arn, balancer);
    return balancer;
  }

  async delete(arn: string): Promise<void> {
    const balancer = this.#balancers.get(arn);
    this.#balancers.delete(arn);
    await balancer?.close();
    this.#options.ports.release(portName(arn));
    this.#reportTargetGroupsInUse();
  }

  /** @throws AwsError `LoadBalancerNotFound`. */
  async putListener(listener: Listener): Promise<void> {
    const balancer = this.get(listener.loadBalancerArn);
    await balancer.putListener(listener, () => this.#options.ports.claim(portName(listener.arn)));
    this.#reportTargetGroupsInUse();
  }

  async deleteListener({ arn, loadBalancerArn }: Pick<Listener, "arn" | "loadBalancerArn">): Promise<void> {
    await this.#balancers.get(loadBalancerArn)?.deleteListener(arn);
    this.#options.ports.release(portName(arn));
    this.#reportTargetGroupsInUse();
  }

  /** @throws AwsError `ListenerNotFound`. */
  putRule(rule: Rule): void {
    this.#getByListener(rule.listenerArn).putRule(rule);
    this.#reportTargetGroupsInUse();
  }

  deleteRule({ arn, listenerArn }: Pick<Rule, "arn" | "listenerArn">): void {
    this.#findByListener(listenerArn)?.deleteRule(arn);
    this.#reportTargetGroupsInUse();
  }

  /** @throws AwsError `ListenerNotFound`. */
  rulesOf(listenerArn: string): Rule[] {
    return this.#getByListener(listenerArn).rules.filter((rule) => rule.listenerArn === listenerArn);
  }

  /** The ARNs of the load balancers that have a listener or a rule that forwards to a target group. */
  arnsByTargetGroup(targetGroupArn: string): string[] {
    return this.all()
      .filter((balancer) => targetGroupsOf(balancer).includes(targetGroupArn))
      .map(({ settings }) => settings.arn);
  }

  async close(): Promise<void> {
    await Promise.all(this.all().map((balancer) => balancer.close()));
  }

  #findByListener(listenerArn: string): LoadBalancer | undefined {
    return this.all().find(({ listeners }) => listeners.some(({ arn }) => arn === listenerArn));
  }

  #getByListener(listenerArn: string): LoadBalancer {
    const balancer = this.#findByListener(listenerArn);
    if (!balancer) throw new AwsError("ListenerNotFound", `One or more listeners not found: ${listenerArn}`);
    return balancer;
  }

  #reportTargetGroupsInUse(): void {
    this.#options.setTargetGroupsInUse(new Set(this.all().flatMap(targetGroupsOf)));
  }
}

function targetGroupsOf({ listeners, rules }: LoadBalancer): string[] {
  const actions: Action[] = [
    ...listeners.map(({ defaultAction }) => defaultAction),
    ...rules.map((rule) => rule.action),
  ];
  return actions.flatMap((action) => (action.type === "forward" ? action.targetGroups.map(({ arn }) => arn) : []));
}

function portName(arn: string): string {
  return `load-balancing/${arn.replace(/^.*:/, "")}`;
}
