import { AwsError } from "../../runtime/error.ts";
import type { FunctionPermissions, LambdaInvoker } from "../lambda/invoker.ts";
import { probeHttp } from "./http-target.ts";
import { healthCheckEvent, invocationSource, invokeTarget } from "./lambda-target.ts";
import { type Probe, ProbeTimeoutError } from "./registered-target.ts";
import type { Target, TargetHealth } from "./target.ts";
import { TargetGroup } from "./target-group.ts";
import type { TargetGroupSettings } from "./target-group-settings.ts";
import type { TargetRegistry } from "./target-registry.ts";

export interface TargetGroupsOptions {
  readonly lambda: LambdaInvoker & FunctionPermissions;
  /** Duration of a second in milliseconds, which tests shorten. */
  readonly second: number;
}

/** All target groups, with their targets. */
export class TargetGroups implements TargetRegistry {
  readonly #options: TargetGroupsOptions;
  readonly #groups = new Map<string, TargetGroup>();
  #inUse: ReadonlySet<string> = new Set();

  constructor(options: TargetGroupsOptions) {
    this.#options = options;
  }

  all(): readonly TargetGroup[] {
    return [...this.#groups.values()];
  }

  find(arn: string): TargetGroup | undefined {
    return this.#groups.get(arn);
  }

  /** @throws AwsError `TargetGroupNotFound`. */
  get(arn: string): TargetGroup {
    const group = this.#groups.get(arn);
    if (!group) throw new AwsError("TargetGroupNotFound", `One or more target groups not found: ${arn}`);
    return group;
  }

  put(settings: TargetGroupSettings): void {
    const { arn } = settings;
    const existing = this.#groups.get(arn);
    if (existing) {
      existing.configure(settings);
      return;
    }
    const group = new TargetGroup(settings, this.#probe(arn), this.#options.second);
    group.isUsed = this.#inUse.has(arn);
    this.#groups.set(arn, group);
  }

  /** @throws AwsError `ResourceInUse` while a listener or a rule forwards to it. */
  delete(arn: string): void {
    if (this.#inUse.has(arn)) {
      throw new AwsError("ResourceInUse", `Target group '${arn}' is currently in use by a listener or a rule`);
    }
    this.#groups.get(arn)?.close();
    this.#groups.delete(arn);
  }

  /** @param arns of all target groups to which a listener or a rule forwards. */
  setInUse(arns: ReadonlySet<string>): void {
    this.#inUse = arns;
    for (const [arn, group] of this.#groups) group.isUsed = arns.has(arn);
  }

  /**
   * @throws AwsError `AccessDenied` if the target is a function that this group may not invoke. AWS checks it at
   * registration only.
   */
  checkPermission(targetGroupArn: string, { id }: Target): void {
    if (this.get(targetGroupArn).settings.targetType !== "lambda") return;
    try {
      this.#options.lambda.checkPermission(id, invocationSource(targetGroupArn));
    } catch {
      const message = `elasticloadbalancing principal does not have permission to invoke ${id} from target group ${targetGroupArn}`;
      throw new AwsError("AccessDenied", message, 403);
    }
  }

  register(targetGroupArn: string, target: Target): void {
    this.get(targetGroupArn).register(target);
  }

  deregister(targetGroupArn: string, target: Target): void {
    this.get(targetGroupArn).deregister(target);
  }

  health(targetGroupArn: string): TargetHealth[] {
    return this.get(targetGroupArn).health();
  }

  requestCount(targetGroupArn: string): number {
    return this.get(targetGroupArn).requestCount;
  }

  close(): void {
    for (const group of this.#groups.values()) group.close();
  }

  #probe(groupArn: string): Probe {
    const { lambda, second } = this.#options;
    return async (target, check) => {
      const { settings } = this.get(groupArn);
      if (settings.targetType !== "lambda") return probeHttp(target, check, second);
      const response = invokeTarget(lambda, target.id, settings, healthCheckEvent(settings, check.path));
      const status = response.then((received) => received?.status ?? 502);
      return withTimeout(status, check.timeout * second);
    };
  }
}

async function withTimeout(status: Promise<number>, milliseconds: number): Promise<number> {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new ProbeTimeoutError("The function did not respond.")), milliseconds);
  try {
    return await Promise.race([status, expired]);
  } finally {
    clearTimeout(timer);
  }
}
