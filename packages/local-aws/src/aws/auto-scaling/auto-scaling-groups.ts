import { AwsError } from "../../runtime/error.ts";
import { AutoScalingGroup, type GroupOptions, type GroupSettings } from "./auto-scaling-group.ts";

/** All Auto Scaling groups. */
export class AutoScalingGroups {
  readonly #options: GroupOptions;
  readonly #groups = new Map<string, AutoScalingGroup>();
  #isResumed = false;

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  all(): AutoScalingGroup[] {
    return [...this.#groups.values()];
  }

  /** @throws AwsError `ValidationError`. */
  get(name: string): AutoScalingGroup {
    const group = this.#groups.get(name);
    if (!group) throw new AwsError("ValidationError", `AutoScalingGroup name not found - no such group: ${name}`);
    return group;
  }

  /**
   * Creates a group or changes its settings; resolves when it is steady.
   *
   * @throws AwsError `CapacityNotReached`.
   */
  async put(settings: GroupSettings): Promise<void> {
    const existing = this.#groups.get(settings.name);
    existing?.configure(settings);
    const group = existing ?? new AutoScalingGroup(settings, this.#options);
    this.#groups.set(settings.name, group);
    // Until then, the services that the programs call may not have started.
    if (this.#isResumed) await group.steady();
  }

  async delete(name: string): Promise<void> {
    const group = this.#groups.get(name);
    this.#groups.delete(name);
    await group?.close();
  }

  /**
   * Must be called after all recorded resources have started. Resolves when each group is steady or has failed to
   * become so.
   */
  async resume(): Promise<void> {
    this.#isResumed = true;
    await Promise.allSettled([...this.#groups.values()].map((group) => group.steady()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#groups.values()].map((group) => group.close()));
  }
}
