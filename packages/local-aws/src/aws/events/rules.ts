import type { Sender, TargetDelivery } from "../../delivery/target-delivery.ts";
import { asAwsError } from "../../gateway/protocol.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { Timetable } from "../../runtime/timetable.ts";
import { type BusEvent, busEvent } from "./event.ts";
import { DEFAULT_BUS, type Rule } from "./rule.ts";
import { payloadFor, type Target } from "./target.ts";

/** Event buses, their rules, and the targets of the rules. */
export class Rules {
  readonly #clock: Clock;
  readonly #delivery: TargetDelivery;
  readonly #timetable: Timetable;
  readonly #buses = new Set([DEFAULT_BUS]);
  readonly #rules = new Map<string, Rule>();
  readonly #targets = new Map<string, Target>();

  constructor(clock: Clock, delivery: TargetDelivery) {
    this.#clock = clock;
    this.#delivery = delivery;
    this.#timetable = new Timetable(clock);
  }

  buses(): string[] {
    return [...this.#buses];
  }

  hasBus(name: string): boolean {
    return this.#buses.has(name);
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  checkBus(name: string): void {
    if (!this.hasBus(name)) throw notFound(`Event bus ${name}`);
  }

  putBus(name: string): void {
    this.#buses.add(name);
  }

  deleteBus(name: string): void {
    this.#buses.delete(name);
  }

  of(bus: string): Rule[] {
    return [...this.#rules.values()].filter((rule) => rule.bus === bus);
  }

  find(name: string, bus: string): Rule | undefined {
    return this.#rules.get(`${bus}/${name}`);
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  get(name: string, bus: string): Rule {
    const rule = this.find(name, bus);
    if (!rule) throw notFound(`Rule ${name}`);
    return rule;
  }

  put(rule: Rule): void {
    const key = `${rule.bus}/${rule.name}`;
    this.#rules.set(key, rule);
    if (rule.schedule && rule.enabled) {
      this.#timetable.set(key, rule.schedule, (due) => void this.#send(rule, scheduledEvent(rule, due)));
    } else this.#timetable.delete(key);
  }

  delete(name: string, bus: string): void {
    this.#rules.delete(`${bus}/${name}`);
    this.#timetable.delete(`${bus}/${name}`);
  }

  targetsOf({ name, bus }: Pick<Rule, "name" | "bus">): Target[] {
    return [...this.#targets.values()].filter((target) => target.rule === name && target.bus === bus);
  }

  findTarget(target: Pick<Target, "bus" | "rule" | "id">): Target | undefined {
    return this.#targets.get(targetKey(target));
  }

  putTarget(target: Target): void {
    this.#targets.set(targetKey(target), target);
  }

  deleteTarget(target: Pick<Target, "bus" | "rule" | "id">): void {
    this.#targets.delete(targetKey(target));
  }

  /**
   * Sends an event to the targets of every rule that matches it. Resolves when each target, or its dead-letter queue,
   * has the event.
   */
  async dispatch(event: BusEvent, bus: string): Promise<void> {
    const matching = this.of(bus).filter(({ enabled, matches }) => enabled && matches?.(event));
    await Promise.all(matching.map((rule) => this.#send(rule, event)));
  }

  now(): number {
    return this.#clock.now();
  }

  stop(): void {
    this.#timetable.stop();
  }

  async #send(rule: Rule, event: BusEvent): Promise<void> {
    const sender: Sender = { kind: "service", principal: "events.amazonaws.com", sourceArn: rule.arn };
    const send = async (target: Target) => {
      const payload = payloadFor(target, event, rule.arn);
      try {
        await this.#delivery.send(target.arn, payload, sender);
      } catch (cause) {
        // AWS does not retry when the target does not exist or denies access.
        const error = asAwsError(cause);
        const attributes = { RULE_ARN: rule.arn, TARGET_ARN: target.arn };
        const description = `The event of the rule ${rule.name} for ${target.arn}`;
        this.#delivery.sendToDeadLetterQueue(target.deadLetterArn, { payload, error, attributes }, sender, description);
      }
    };
    await Promise.all(this.targetsOf(rule).map(send));
  }
}

function scheduledEvent(rule: Rule, due: number): BusEvent {
  const content = { source: "aws.events", detailType: "Scheduled Event", detail: {}, resources: [rule.arn] };
  return busEvent(content, due);
}

function targetKey({ bus, rule, id }: Pick<Target, "bus" | "rule" | "id">): string {
  return `${bus}/${rule}/${id}`;
}

function notFound(resource: string): AwsError {
  return new AwsError("ResourceNotFoundException", `${resource} does not exist.`);
}
