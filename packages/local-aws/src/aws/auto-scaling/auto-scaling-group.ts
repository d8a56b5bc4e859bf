import { randomBytes } from "node:crypto";
import { AwsError } from "../../runtime/error.ts";
import type { Instance } from "../ec2/instance.ts";
import type { LaunchTemplate } from "../ec2/launch-templates.ts";
import { Membership } from "../elastic-load-balancing/membership.ts";
import type { TargetRegistry } from "../elastic-load-balancing/target-registry.ts";

export interface GroupSettings {
  readonly name: string;
  readonly desiredCapacity: number;
  readonly template: LaunchTemplate;
  readonly targetGroupArns: readonly string[];
  /** Whether the load balancer's word on an instance counts. */
  readonly usesBalancerHealth: boolean;
  /** Seconds after its start in which an instance's health does not count. */
  readonly gracePeriod: number;
}

export interface GroupOptions {
  /** Makes an instance, which is not booted yet, with these of its ports open. */
  launch(id: string, template: LaunchTemplate, ports: readonly number[]): Promise<Instance>;
  /** Call when an instance is gone. */
  forget(instance: Instance): void;
  readonly targets: TargetRegistry;
  /** The port on which the members of a target group listen. */
  portOf(targetGroupArn: string): number;
  /** Milliseconds of a second, for tests of what AWS counts in seconds. */
  readonly second: number;
}

interface Member {
  readonly template: LaunchTemplate;
  instance: Instance | undefined;
  membership: Membership | undefined;
  isBooted: boolean;
}

const BUSY_SECONDS = 0.05;
const CALM_SECONDS = 1;
/** Before another instance is tried after one that could not be started. */
const RETRY_SECONDS = 5;
const STEADY_SECONDS = 120;

/** Keeps as many instances as are wanted, of the newest template, and replaces ill ones: the new one first. */
export class AutoScalingGroup {
  readonly #options: GroupOptions;
  readonly #members = new Set<Member>();
  readonly #ending = new Set<Promise<void>>();
  #settings: GroupSettings;
  #lastFailure = "";
  #launchAfter = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: GroupSettings, options: GroupOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#look();
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
    this.#look();
  }

  /** As many instances as wanted, all in service, all of the newest template. */
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
   * @throws AwsError when it does not get so.
   */
  async steady(): Promise<void> {
    const deadline = performance.now() + STEADY_SECONDS * this.#options.second;
    while (!this.isSteady && !this.#closed) {
      if (performance.now() > deadline) {
        throw new AwsError(
          "CapacityNotReached",
          `The group ${this.name} did not get ${this.#settings.desiredCapacity} healthy instances. ${this.#lastFailure}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, BUSY_SECONDS * this.#options.second));
    }
  }

  /** Ends an instance; another takes its place. */
  terminate(id: string): void {
    for (const member of this.#members) if (member.instance?.id === id) this.#end(member);
    this.#look();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const member of this.#members) this.#end(member);
    await Promise.all(this.#ending);
  }

  #look(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    for (const member of this.#members) if (this.#isIll(member)) this.#end(member);
    const current = [...this.#members].filter((member) => this.#isCurrent(member));
    if (performance.now() >= this.#launchAfter) {
      for (let missing = this.#settings.desiredCapacity - current.length; missing > 0; missing -= 1) this.#launch();
    }
    const inService = current.filter((member) => this.#isInService(member));
    if (inService.length >= this.#settings.desiredCapacity) {
      for (const member of this.#members) if (!this.#isCurrent(member)) this.#end(member);
      for (const member of current.slice(this.#settings.desiredCapacity)) this.#end(member);
    }
    const seconds = this.isSteady ? CALM_SECONDS : BUSY_SECONDS;
    this.#timer = setTimeout(() => this.#look(), seconds * this.#options.second).unref();
  }

  #launch(): void {
    const { template, targetGroupArns } = this.#settings;
    const member: Member = { template, instance: undefined, membership: undefined, isBooted: false };
    this.#members.add(member);
    const ports = [...new Set(targetGroupArns.map((arn) => this.#options.portOf(arn)))];
    const booting = async () => {
      const instance = await this.#options.launch(`i-0${randomBytes(8).toString("hex")}`, template, ports);
      member.instance = instance;
      await instance.boot();
      if (!this.#members.has(member)) return instance.terminate();
      member.membership = this.#membershipOf(instance);
      member.membership.register();
      member.isBooted = true;
    };
    booting().catch((error: unknown) => {
      this.#lastFailure = error instanceof Error ? error.message : String(error);
      this.#launchAfter = performance.now() + RETRY_SECONDS * this.#options.second;
      this.#end(member);
    });
  }

  #end(member: Member): void {
    this.#members.delete(member);
    const { instance } = member;
    if (!instance) return;
    member.membership?.deregister();
    const ending = instance.terminate().then(() => this.#options.forget(instance));
    this.#ending.add(ending);
    void ending.finally(() => this.#ending.delete(ending));
  }

  #isCurrent({ template }: Member): boolean {
    return template.id === this.#settings.template.id && template.version === this.#settings.template.version;
  }

  #isInService({ isBooted, membership }: Member): boolean {
    return isBooted && membership?.isHealthy === true;
  }

  #isIll({ instance, isBooted, membership }: Member): boolean {
    if (!instance || !isBooted || !this.#settings.usesBalancerHealth) return false;
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
