import { randomUUID } from "node:crypto";
import { asAwsError } from "../../gateway/protocol.ts";
import type { Authorize, Caller } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { Timetable } from "../../runtime/timetable.ts";
import { busEvent } from "../events/event.ts";
import type { Sender, TargetDelivery } from "../events/target-delivery.ts";
import { DEFAULT_GROUP, type ScheduleDefinition } from "./schedule-definition.ts";
import { schedulerTerraform } from "./terraform.ts";

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly delivery: TargetDelivery;
  /** Says what a schedule's role may do. */
  readonly authorize: Authorize;
}

/**
 * EventBridge Scheduler: schedules that send to functions, queues and topics with the rights of their role. A flexible time window is used at its
 * beginning. What cannot be sent is not tried again.
 */
export class Scheduler {
  readonly terraform: TerraformParts;
  readonly #delivery: TargetDelivery;
  readonly #authorize: Authorize;
  readonly #timetable: Timetable;
  readonly #groups = new Set([DEFAULT_GROUP]);
  readonly #definitions = new Map<string, ScheduleDefinition>();

  constructor({ clock, delivery, authorize }: SchedulerOptions) {
    this.#delivery = delivery;
    this.#authorize = authorize;
    this.#timetable = new Timetable(clock);
    this.terraform = schedulerTerraform(this, clock);
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

  /** Ends all schedules. */
  stop(): void {
    this.#timetable.stop();
  }

  async #send(definition: ScheduleDefinition, due: number): Promise<void> {
    const { arn, name, targetArn, deadLetterArn } = definition;
    const payload = payloadFor(definition, due);
    const caller = roleSession(definition);
    const sender: Sender = {
      kind: "role",
      authorize: (action, resource) => this.#authorize(caller, action, resource),
    };
    try {
      await this.#delivery.send(targetArn, payload, sender);
    } catch (cause) {
      const attributes = { SCHEDULE_ARN: arn, TARGET_ARN: targetArn };
      const undelivered = { payload, error: asAwsError(cause), attributes };
      this.#delivery.putAside(deadLetterArn, undelivered, sender, `What the schedule ${name} has for ${targetArn}`);
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

function roleSession({ roleArn, name }: ScheduleDefinition): Caller {
  const roleName = roleArn.split("/").at(-1) ?? "";
  const arn = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${roleName}/${name}`;
  return { kind: "role", arn, accessKeyId: "", roleName };
}
