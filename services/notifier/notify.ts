import { describeError, type Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Addresses } from "./addresses.ts";
import type { AlarmChange, AlarmState } from "./alarm-change.ts";
import type { DeliveryRecords, Grant } from "./delivery-records.ts";
import { pagerDutyEvent } from "./pagerduty-event.ts";
import type { Recipients } from "./recipients.ts";
import { changeMessage, digestMessage } from "./slack-message.ts";
import type { SlackMessage } from "./slack-text.ts";

export interface NotifyDependencies {
  readonly addresses: { read(): Promise<Addresses> };
  readonly recipients: Pick<Recipients, "postToSlack" | "sendToPagerDuty">;
  readonly records: DeliveryRecords;
  /** Sends a message to the own queue that calls {@link Notifier.digest} after `delay` seconds. */
  readonly scheduleDigest: (startedAt: number, delay: number) => Promise<void>;
  /** Milliseconds in which changes are counted. */
  readonly window: number;
  readonly environment: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Another invocation delivers a change of the same alarm, or it is too early: the message has to be retried. */
export class NotYetError extends Error {
  override readonly name = "NotYetError";
  readonly code = "NotYet";
  /** In seconds. */
  readonly retryAfter: number;

  constructor(message: string, retryAfter: number) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/** Messages to Slack per window before the others are collected for a digest. */
const MESSAGES_PER_WINDOW = 10;
/**
 * Between the end of the window and its digest: longer than an invocation needs between counting a change and storing
 * it. An invocation that needs longer schedules another digest.
 */
const DIGEST_MARGIN_SECONDS = 5;
const BUSY_SECONDS = 5;

/** Delivers the changes of alarms to Slack, and those of critical alarms to PagerDuty as well. */
export class Notifier {
  readonly #dependencies: NotifyDependencies;

  constructor(dependencies: NotifyDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Delivers a change to every recipient. One that fails does not keep the others from receiving it, and a retry
   * delivers only to those that have not received it.
   *
   * @throws AggregateError with the reason of each recipient that failed.
   */
  async notify(change: AlarmChange): Promise<void> {
    const { slackWebhookUrl, pagerDutyRoutingKey, pagerDutyRegion } = await this.#dependencies.addresses.read();
    const deliveries: Promise<void>[] = [];
    if (slackWebhookUrl !== undefined) deliveries.push(this.#notifySlack(change, slackWebhookUrl));
    if (pagerDutyRoutingKey !== undefined) {
      deliveries.push(this.#notifyPagerDuty(change, pagerDutyRoutingKey, pagerDutyRegion));
    }
    if (deliveries.length === 0) {
      this.#dependencies.log.warn("The secret contains no address, so nobody receives the alarm", {
        alarm: change.name,
      });
    }
    const outcomes = await Promise.allSettled(deliveries);
    const reasons = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
    if (reasons.length > 0) throw new AggregateError(reasons, "Some recipients did not receive the alarm");
  }

  /** Tells Slack of the cost. Notices of costs are rare, so a repeated one does not matter. */
  async notifyCost(message: SlackMessage): Promise<void> {
    const { addresses, recipients, log } = this.#dependencies;
    const { slackWebhookUrl } = await addresses.read();
    if (slackWebhookUrl === undefined) {
      log.warn("The secret contains no address of Slack, so nobody receives the notice", { notice: message.text });
      return;
    }
    await recipients.postToSlack(slackWebhookUrl, message);
    log.info("Notice of a cost delivered", { notice: message.text });
  }

  /**
   * Sends one message to Slack about the changes that were collected in a window. It does nothing when they have been
   * sent.
   *
   * @throws NotYetError before the end of the window, or while another invocation sends the digest.
   */
  async digest(startedAt: number): Promise<void> {
    const { records, addresses, recipients, window, clock, environment, log } = this.#dependencies;
    const remaining = startedAt + window - clock.now();
    if (remaining > 0) throw new NotYetError("The window of the digest has not ended", Math.ceil(remaining / 1000));
    const { slackWebhookUrl } = await addresses.read();
    const subject = `Slack digest ${startedAt}`;
    const at = new Date(clock.now()).toISOString();
    if ((await records.begin(subject, at)).kind !== "granted") {
      throw new NotYetError("Another invocation sends the digest", BUSY_SECONDS);
    }
    try {
      const changes = await records.collected(startedAt);
      if (changes.length > 0 && slackWebhookUrl !== undefined) {
        await recipients.postToSlack(slackWebhookUrl, digestMessage(changes, environment));
      }
      await records.forget(startedAt, changes);
      await records.finish(subject, at, "OK");
      log.info("Digest delivered", { changes: changes.length });
    } catch (error) {
      await this.#abandon(subject);
      throw error;
    }
  }

  async #notifySlack(change: AlarmChange, url: string): Promise<void> {
    const { recipients, environment } = this.#dependencies;
    await this.#deliver("Slack", change, async ({ lastState, isRetry }) => {
      if (!isNews(change, lastState)) return "skipped";
      // A retry is not another change.
      const window = isRetry ? undefined : await this.#dependencies.records.count();
      if (window && window.count > MESSAGES_PER_WINDOW) return this.#collect(change, window);
      await recipients.postToSlack(url, changeMessage(change, environment));
      return "sent";
    });
  }

  /** Opens and resolves an alert per alarm. A digest is unnecessary, because PagerDuty groups alerts into incidents. */
  async #notifyPagerDuty(change: AlarmChange, routingKey: string, region: Addresses["pagerDutyRegion"]): Promise<void> {
    // A metric without data neither opens nor resolves an alert.
    if (change.state === "INSUFFICIENT_DATA") return;
    const { recipients, environment } = this.#dependencies;
    await this.#deliver("PagerDuty", change, async ({ lastState }) => {
      // An open alert is also resolved when the alarm has become a warning since.
      const isDue = change.severity === "critical" ? isNews(change, lastState) : lastState === "ALARM" && isOk(change);
      if (!isDue) return "skipped";
      await recipients.sendToPagerDuty(routingKey, region, pagerDutyEvent(change, environment));
      return "sent";
    });
  }

  /**
   * Sends and then records it: when the function dies in between, the change is sent twice and never lost.
   *
   * @throws NotYetError while another invocation delivers a change of the same alarm.
   */
  async #deliver(
    recipient: "Slack" | "PagerDuty",
    change: AlarmChange,
    send: (grant: Extract<Grant, { kind: "granted" }>) => Promise<"sent" | "collected" | "skipped">,
  ): Promise<void> {
    const { records, log } = this.#dependencies;
    const { name: alarm, arn, state, changedAt } = change;
    const subject = `${recipient} ${arn}`;
    const grant = await records.begin(subject, changedAt);
    if (grant.kind === "busy") throw new NotYetError(`Another change of ${alarm} is being delivered`, BUSY_SECONDS);
    if (grant.kind === "superseded") {
      log.info("This change, or a later one, has been delivered", { recipient, alarm, state, changedAt });
      return;
    }
    try {
      const outcome = await send(grant);
      // A warning that PagerDuty was never told about leaves no state, so that its end is not told either.
      await records.finish(subject, changedAt, outcome === "skipped" ? (grant.lastState ?? "OK") : state);
      log.info("Alarm delivered", { recipient, alarm, state, changedAt, outcome });
    } catch (error) {
      await this.#abandon(subject);
      throw error;
    }
  }

  /** A failure is only logged, so that the reason of the first one is reported; the reservation ends by itself. */
  async #abandon(subject: string): Promise<void> {
    const { records, log } = this.#dependencies;
    await records.abandon(subject).catch((error: unknown) => {
      log.warn("The reservation of a delivery could not be ended", { subject, error: describeError(error) });
    });
  }

  async #collect(
    change: AlarmChange,
    { startedAt, scheduled }: { readonly startedAt: number; readonly scheduled: boolean },
  ): Promise<"collected"> {
    const { records, scheduleDigest, window, clock } = this.#dependencies;
    await records.collect(startedAt, change);
    const remaining = Math.ceil((startedAt + window - clock.now()) / 1000);
    if (!scheduled || remaining <= 0) {
      await scheduleDigest(startedAt, Math.max(0, remaining) + DIGEST_MARGIN_SECONDS);
      await records.markScheduled(startedAt);
    }
    return "collected";
  }
}

const isOk = ({ state }: AlarmChange): boolean => state === "OK";

/**
 * Whether somebody has to know. A new alarm changes from `INSUFFICIENT_DATA` to `OK` after its first evaluation, which
 * would be a message per alarm and deployment.
 */
function isNews(change: AlarmChange, lastState: AlarmState | undefined): boolean {
  if (!isOk(change)) return true;
  return change.previousState === "ALARM" || (lastState !== undefined && lastState !== "OK");
}
