import type { TerraformParts } from "../../provider/resource-handler.ts";
import { Schedules, type SchedulesOptions } from "./schedules.ts";
import { schedulerTerraform } from "./terraform/index.ts";

export type SchedulerOptions = SchedulesOptions;

/** EventBridge Scheduler. Schedules and groups are managed by Terraform only; there is no API. */
export class Scheduler {
  readonly terraform: TerraformParts;
  readonly #schedules: Schedules;

  constructor(options: SchedulerOptions) {
    this.#schedules = new Schedules(options);
    this.terraform = schedulerTerraform(this.#schedules, options.clock);
  }

  /** Stops all schedules. */
  stop(): void {
    this.#schedules.stop();
  }
}
