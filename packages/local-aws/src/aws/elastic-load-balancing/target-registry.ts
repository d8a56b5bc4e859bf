import type { Target, TargetHealth } from "./target.ts";

/**
 * Where services register their targets: ECS its tasks, Auto Scaling its instances. All members throw `AwsError`
 * `TargetGroupNotFound`.
 */
export interface TargetRegistry {
  /** Registers a target; does nothing if it is registered. `port` is the port of its process on this machine. */
  register(targetGroupArn: string, target: Target): void;
  /**
   * Sends no more requests to a target. It is `draining` in {@link health} until its requests in flight have ended;
   * then it is removed.
   */
  deregister(targetGroupArn: string, target: Target): void;
  health(targetGroupArn: string): TargetHealth[];
  /** Number of requests to the targets of the group since it was created, which scaling by requests per target uses. */
  requestCount(targetGroupArn: string): number;
}
