import { randomUUID } from "node:crypto";
import type { Sender, TargetDelivery } from "../../delivery/target-delivery.ts";
import { asAwsError } from "../../gateway/protocol.ts";
import type { Authorize } from "../../gateway/service.ts";
import type { Clock } from "../../runtime/clock.ts";
import { Timetable } from "../../runtime/timetable.ts";
import { busEvent } from "../events/event.ts";
import { roleCaller } from "../iam/role-caller.ts";
import { DEFAULT_GROUP, type ScheduleDefinition } from "./schedule-definition.ts";

export interface SchedulesOptions {
  readonly clock: Clock;
  readonly delivery: TargetDelivery;
  /** Checks the permissions of a schedule's role. */
  readonly authorize: Authorize;
}

/**
 * The schedules and their groups. A schedule sends to functions, queues and topics with the permissions of its role. A
 * flexible time window is invoked at its start. Failed deliveries are not retried.
 */
export class Schedules {
  readonly #delivery: TargetDelivery;
  readonly #authorize: Authorize;
  readonly #timetable: Timetable;
  readonly #groups = new Set([DEFAULT_GROUP]);
  readonly #definitions = new Map<string, ScheduleDefinition>();

  constructor({ clock, delivery, authorize }: SchedulesOptions) {
    this.#delivery = delivery;
    this.#authorize = authorize;
    this.#timetable = new Timetable(clock);
  }

  hasGroup(name: string): boolean {
    return this.#groups.has(name);
  }

  putGroup(name: string): void {
    this.#groups.add(name);
  }

  deleteGroup(name: string): void {
    this.#groups.delete(name);
  }

  has(arn: string): boolean {
    return this.#definitions.has(arn);
  }

  put(definition: ScheduleDefinition): void {
    const { arn, enabled, schedule } = definition;
    this.#definitions.set(arn, definition);
    if (enabled) this.#timetable.set(arn, schedule, (due) => void this.#send(definition, due));
    else this.#timetable.delete(arn);
  }

  delete(arn: string): void {
    this.#definitions.delete(arn);
    this.#timetable.delete(arn);
  }

  stop(): void {
    this.#timetable.stop();
  }

  async #send(definition: ScheduleDefinition, due: number): Promise<void> {
    const { arn, name, targetArn, deadLetterArn } = definition;
    const payload = payloadFor(definition, due);
    const caller = roleCaller(definition.roleArn, definition.name);
    const sender: Sender = {
      kind: "role",
      authorize: (action, resource) => this.#authorize(caller, action, resource),
    };
    try {
      await this.#delivery.send(targetArn, payload, sender);
    } catch (cause) {
      const attributes = { SCHEDULE_ARN: arn, TARGET_ARN: targetArn };
      const failed = { payload, error: asAwsError(cause), attributes };
      const description = `The event of the schedule ${name} for ${targetArn}`;
      this.#delivery.sendToDeadLetterQueue(deadLetterArn, failed, sender, description);
    }
  }
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
function payloadFor({ arn, input }: ScheduleDefinition, due: number): string {
  const content = { source: "aws.scheduler", detailType: "Scheduled Event", detail: "{}", resources: [arn] };
  const event = busEvent(content, due);
  if (input === undefined) return JSON.stringify(event);
  return input
    .replaceAll("<aws.scheduler.schedule-arn>", arn)
    .replaceAll("<aws.scheduler.scheduled-time>", event.time)
    .replaceAll("<aws.scheduler.execution-id>", randomUUID())
    .replaceAll("<aws.scheduler.attempt-number>", "1");
}
