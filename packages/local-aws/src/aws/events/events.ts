import type { TargetDelivery } from "../../delivery/target-delivery.ts";
import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import { eventsOperations } from "./operations/index.ts";
import { Rules } from "./rules.ts";
import { eventsTerraform } from "./terraform/index.ts";

export interface EventsOptions {
  readonly access: Access;
  readonly clock: Clock;
  readonly delivery: TargetDelivery;
}

/**
 * EventBridge: rules that send events to targets, on a schedule or when an event matches. Archives, pipes and API
 * destinations are not supported.
 */
export class Events {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #rules: Rules;

  constructor({ access, clock, delivery }: EventsOptions) {
    this.#rules = new Rules(clock, delivery);
    this.service = jsonService(
      {
        signingName: "events",
        target: "AWSEvents",
        jsonVersion: "1.1",
        operations: eventsOperations({ rules: this.#rules }),
      },
      access,
    );
    this.terraform = eventsTerraform(this.#rules);
  }

  /** Stops all schedules. */
  stop(): void {
    this.#rules.stop();
  }
}
