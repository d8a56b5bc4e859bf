import * as v from "valibot";
import type { Addresses } from "./addresses.ts";
import type { PagerDutyEvent } from "./pagerduty-event.ts";
import { type PostDependencies, postJson } from "./post-json.ts";
import type { SlackMessage } from "./slack-text.ts";

const PAGERDUTY_HOSTS = { us: "events.pagerduty.com", eu: "events.eu.pagerduty.com" } as const;

/** The webhooks of Slack and PagerDuty. */
export class Recipients {
  readonly #scheme: "https" | "http";
  readonly #dependencies: PostDependencies;

  constructor(scheme: "https" | "http", dependencies: PostDependencies) {
    this.#scheme = scheme;
    this.#dependencies = dependencies;
  }

  /** @throws DeliveryError */
  async postToSlack(url: string, message: SlackMessage): Promise<void> {
    // Slack responds with a word, such as channel_is_archived.
    await postJson({ recipient: "Slack", url, body: message, readReason: (body) => body }, this.#dependencies);
  }

  /** @throws DeliveryError */
  async sendToPagerDuty(
    routingKey: string,
    region: Addresses["pagerDutyRegion"],
    event: PagerDutyEvent,
  ): Promise<void> {
    const url = `${this.#scheme}://${PAGERDUTY_HOSTS[region]}/v2/enqueue`;
    const body = { routing_key: routingKey, ...event };
    await postJson({ recipient: "PagerDuty", url, body, readReason: readErrors }, this.#dependencies);
  }
}

const rejection = v.pipe(v.string(), v.parseJson(), v.object({ errors: v.array(v.string()) }));

function readErrors(body: string): string {
  const result = v.safeParse(rejection, body);
  return result.success ? result.output.errors.join(", ") : "";
}
