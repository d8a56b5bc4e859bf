import { randomBytes } from "node:crypto";
import { AwsError } from "../../runtime/error.ts";
import type { Instance } from "../ec2/instance.ts";
import type { LaunchTemplate } from "../ec2/launch-templates.ts";
import { Membership } from "../elastic-load-balancing/membership.ts";
import type { TargetRegistry } from "../elastic-load-balancing/target-registry.ts";
import type { InstanceLauncher } from "./instance-launcher.ts";

export interface GroupSettings {
  readonly name: string;
  readonly desiredCapacity: number;
  readonly template: LaunchTemplate;
  readonly targetGroupArns: readonly string[];
  /** Whether instances that the load balancer reports as unhealthy are replaced. */
  readonly usesLoadBalancerHealth: boolean;
  /** Seconds after its launch in which the health of an instance is ignored. */
  readonly gracePeriod: number;
}

export interface GroupOptions {
  readonly launcher: Pick<InstanceLauncher, "launch" | "release">;
  readonly targets: TargetRegistry;
  /** The port on which the members of a target group listen. */
  readonly portOf: (targetGroupArn: string) => number;
  /** Duration of a second in milliseconds, which tests shorten. */
  readonly second: number;
}

interface Member {
  readonly template: LaunchTemplate;
  instance: Instance | undefined;
  membership: Membership | undefined;
  isBooted: boolean;
}

/** Interval of the reconciliation while the group changes, and while it is steady. */
const CHANGING_INTERVAL_SECONDS = 0.05;
const STEADY_INTERVAL_SECONDS = 1;
/** Delay of the next launch after a failed one. */
const LAUNCH_RETRY_SECONDS = 5;
/** Time limit for the group to become steady. */
const STEADY_TIMEOUT_SECONDS = 120;

/**
 * Keeps the desired number of instances of the latest launch template, and replaces unhealthy ones. New instances start
 * before old ones end.
 */
export class AutoScalingGroup {
  readonly #options: GroupOptions;
  readonly #members = new Set<Member>();
  readonly #terminations = new Set<Promise<void>>();
  #settings: GroupSettings;
  #lastFailure = "";
  #launchAfter = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: GroupSettings, options: GroupOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#reconcile();
  }

  get name(): string {
    return this.#settings.name;
  }

  get instances(): Instance[] {
    return [...this.#members].flatMap(({ instance }) => instance ?? []);
  }

  configure(settings: GroupSettings): void {
    this.#settings = settings;
    this.#launchAfter = 0;
    this.#reconcile();
  }

  /** Whether it has the desired number of instances, all in service and of the latest launch template. */
  get isSteady(): boolean {
    const members = [...this.#members];
    return (
      members.length === this.#settings.desiredCapacity &&
      members.every((member) => this.#isCurrent(member) && this.#isInService(member))
    );
  }

  /**
   * Resolves when it is steady.
   *
   * @throws AwsError `CapacityNotReached` after two minutes.
   */
  async steady(): Promise<void> {
    const deadline = performance.now() + STEADY_TIMEOUT_SECONDS * this.#options.second;
    while (!this.isSteady && !this.#closed) {
      if (performance.now() > deadline) {
        throw new AwsError(
          "CapacityNotReached",
          `The Auto Scaling group ${this.name} did not reach ${this.#settings.desiredCapacity} healthy instances. ${this.#lastFailure}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, CHANGING_INTERVAL_SECONDS * this.#options.second));
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const member of this.#members) this.#terminate(member);
    await Promise.all(this.#terminations);
  }

  #reconcile(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    for (const member of this.#members) if (this.#isUnhealthy(member)) this.#terminate(member);
    const current = [...this.#members].filter((member) => this.#isCurrent(member));
    if (performance.now() >= this.#launchAfter) {
      for (let missing = this.#settings.desiredCapacity - current.length; missing > 0; missing -= 1) this.#launch();
    }
    const inService = current.filter((member) => this.#isInService(member));
    if (inService.length >= this.#settings.desiredCapacity) {
      for (const member of this.#members) if (!this.#isCurrent(member)) this.#terminate(member);
      for (const member of current.slice(this.#settings.desiredCapacity)) this.#terminate(member);
    }
    const seconds = this.isSteady ? STEADY_INTERVAL_SECONDS : CHANGING_INTERVAL_SECONDS;
    this.#timer = setTimeout(() => this.#reconcile(), seconds * this.#options.second).unref();
  }

  #launch(): void {
    const { template, targetGroupArns } = this.#settings;
    const member: Member = { template, instance: undefined, membership: undefined, isBooted: false };
    this.#members.add(member);
    const ports = [...new Set(targetGroupArns.map((arn) => this.#options.portOf(arn)))];
    const boot = async () => {
      const instance = await this.#options.launcher.launch(`i-0${randomBytes(8).toString("hex")}`, template, ports);
      member.instance = instance;
      await instance.boot();
      if (!this.#members.has(member)) return instance.terminate();
      member.membership = this.#membershipOf(instance);
      member.membership.register();
      member.isBooted = true;
    };
    boot().catch((error: unknown) => {
      this.#lastFailure = error instanceof Error ? error.message : String(error);
      this.#launchAfter = performance.now() + LAUNCH_RETRY_SECONDS * this.#options.second;
      this.#terminate(member);
    });
  }

  #terminate(member: Member): void {
    this.#members.delete(member);
    const { instance } = member;
    if (!instance) return;
    member.membership?.deregister();
    const termination = instance.terminate().then(() => this.#options.launcher.release(instance));
    this.#terminations.add(termination);
    void termination.finally(() => this.#terminations.delete(termination));
  }

  #isCurrent({ template }: Member): boolean {
    return template.id === this.#settings.template.id && template.version === this.#settings.template.version;
  }

  #isInService({ isBooted, membership }: Member): boolean {
    return isBooted && membership?.isHealthy === true;
  }

  #isUnhealthy({ instance, isBooted, membership }: Member): boolean {
    if (!instance || !isBooted || !this.#settings.usesLoadBalancerHealth) return false;
    const age = performance.now() - instance.launchedAt;
    return age >= this.#settings.gracePeriod * this.#options.second && membership?.isUnhealthy === true;
  }

  #membershipOf({ id, ports }: Instance): Membership {
    const members = this.#settings.targetGroupArns.map((targetGroupArn) => ({
      targetGroupArn,
      target: { id, port: ports[this.#options.portOf(targetGroupArn)] },
    }));
    return new Membership(this.#options.targets, members);
  }
}
