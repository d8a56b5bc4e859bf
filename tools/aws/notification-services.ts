import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { EmulatedServer } from "./emulated-server.ts";
import { notificationPage } from "./notification-page.ts";
import type { Notifications, PagerDutyAlert, ReceivedSlackMessage } from "./notifications.ts";
import { readPagerDutyEvent } from "./pagerduty-rules.ts";
import { readSlackMessage } from "./slack-rules.ts";

/** How the services fail: closed connections, no response, a channel that is archived, or too many requests. */
export const notificationFaults = [
  "slack-down",
  "slack-slow",
  "slack-archived",
  "slack-busy",
  "pagerduty-down",
  "pagerduty-failing",
] as const;
export type NotificationFault = (typeof notificationFaults)[number];

export interface NotificationServicesOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const KEPT = 200;
/** https://github.com/PagerDuty/developer-docs/blob/main/docs/events-API-v2/01-Overview.md#size-limits */
const PAGERDUTY_MAX_BYTES = 512 * 1024;
const SLACK_MAX_BYTES = 1024 * 1024;
/**
 * Slack allows one message per second, and short bursts: https://docs.slack.dev/apis/web-api/rate-limits. The length of
 * a burst is not documented.
 */
const SLACK_BURST = 5;
/** PagerDuty adjusts its limit dynamically, so the number is ours. */
const PAGERDUTY_PER_MINUTE = 120;

const WEBHOOK = /^\/services\/T\w+\/B\w+\/\w+$/;

/**
 * Emulates the incoming webhooks of Slack and the Events API v2 of PagerDuty: rejects what they reject, keeps the most
 * recent messages, and shows them at `/` and, as JSON, at `/messages`.
 */
export class NotificationServices {
  readonly slack = new EmulatedServer((request, response) => this.#serve(request, response, "slack"));
  readonly pagerDuty = new EmulatedServer((request, response) => this.#serve(request, response, "pagerDuty"));
  readonly #now: () => number;
  readonly #faults = new Set<NotificationFault>();
  readonly #messages: ReceivedSlackMessage[] = [];
  readonly #alerts = new Map<string, PagerDutyAlert>();
  readonly #events: number[] = [];
  #slackTokens = SLACK_BURST;
  #slackRefilledAt = 0;

  constructor({ now }: NotificationServicesOptions) {
    this.#now = now;
  }

  begin(fault: NotificationFault): void {
    this.#faults.add(fault);
  }

  end(fault: NotificationFault): void {
    this.#faults.delete(fault);
  }

  received(): Notifications {
    const byChange = (left: PagerDutyAlert, right: PagerDutyAlert) => right.changedAt.localeCompare(left.changedAt);
    return { slack: this.#messages.toReversed(), pagerDuty: [...this.#alerts.values()].toSorted(byChange) };
  }

  async #serve(request: IncomingMessage, response: ServerResponse, service: "slack" | "pagerDuty"): Promise<void> {
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined) return; // The client has closed the connection.
    if (request.method === "GET" && ["/", "/messages"].includes(request.url ?? "")) this.#show(request, response);
    else if (service === "slack") this.#receiveSlack(request, response, body);
    else this.#receivePagerDuty(request, response, body);
  }

  /** Only to pages of this address, so that no other page can read it by having its name resolve to this machine. */
  #show(request: IncomingMessage, response: ServerResponse): void {
    if (!/^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? "")) return void response.writeHead(403).end();
    const isPage = request.url === "/";
    response
      .writeHead(200, {
        "content-type": isPage ? "text/html; charset=utf-8" : "application/json",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
        "cache-control": "no-store",
      })
      .end(isPage ? notificationPage(this.received()) : JSON.stringify(this.received()));
  }

  #receiveSlack(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    if (this.#faults.has("slack-down")) return void request.destroy();
    if (this.#faults.has("slack-slow")) return; // Until the client times out.
    const rejection = this.#slackRejection(request, body.length);
    if (rejection) return void respond(response, ...rejection);
    const message = readSlackMessage(parseJson(body));
    if ("rejection" in message) return void respond(response, 400, message.rejection);
    this.#messages.push({ ...message, receivedAt: this.#time() });
    if (this.#messages.length > KEPT) this.#messages.shift();
    respond(response, 200, "ok");
  }

  /** https://docs.slack.dev/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks */
  #slackRejection({ url = "", method, headers }: IncomingMessage, bytes: number): Rejection | undefined {
    if (!WEBHOOK.test(url)) return [404, "no_service"];
    if (method !== "POST") return [405, "method_not_allowed"];
    if (!/^application\/json(;|$)/.test(headers["content-type"] ?? "")) return [400, "invalid_payload"];
    if (bytes > SLACK_MAX_BYTES) return [413, "payload_too_large"];
    if (this.#faults.has("slack-archived")) return [410, "channel_is_archived"];
    if (this.#faults.has("slack-busy")) return [429, "rate_limited", { "retry-after": "30" }];
    return this.#takeSlackToken() ? undefined : [429, "rate_limited", { "retry-after": "1" }];
  }

  #takeSlackToken(): boolean {
    const refill = (this.#now() - this.#slackRefilledAt) / 1000;
    this.#slackTokens = Math.min(SLACK_BURST, this.#slackTokens + refill);
    this.#slackRefilledAt = this.#now();
    if (this.#slackTokens < 1) return false;
    this.#slackTokens -= 1;
    return true;
  }

  #receivePagerDuty(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    if (this.#faults.has("pagerduty-down")) return void request.destroy();
    if (this.#faults.has("pagerduty-failing")) return void respond(response, 500, "Internal Server Error");
    if (request.url !== "/v2/enqueue" || request.method !== "POST") return void respond(response, 404, "Not Found");
    if (body.length > PAGERDUTY_MAX_BYTES) return void respond(response, 413, "Request Entity Too Large");
    if (!this.#countEvent()) return void respond(response, 429, "Too Many Requests");
    const event = readPagerDutyEvent(parseJson(body));
    if ("errors" in event) {
      const invalid = { status: "invalid event", message: "Event object is invalid", errors: event.errors };
      return void respondJson(response, 400, invalid);
    }
    const { dedup_key = randomUUID() } = event;
    const open = this.#openAlert(dedup_key);
    if (event.event_action === "trigger") {
      this.#put({
        dedupKey: dedup_key,
        status: open?.status ?? "triggered", // A further trigger does not end an acknowledgement.
        summary: event.payload.summary,
        severity: event.payload.severity,
        triggers: (open?.triggers ?? 0) + 1,
        links: event.links ?? [],
        customDetails: event.payload.custom_details ?? {},
        changedAt: this.#time(),
      });
    } else if (open) {
      const status = event.event_action === "resolve" ? "resolved" : "acknowledged";
      this.#put({ ...open, status, changedAt: this.#time() });
    }
    respondJson(response, 202, { status: "success", message: "Event processed", dedup_key });
  }

  #openAlert(dedupKey: string): PagerDutyAlert | undefined {
    const alert = this.#alerts.get(dedupKey);
    return alert?.status === "resolved" ? undefined : alert;
  }

  #put(alert: PagerDutyAlert): void {
    this.#alerts.delete(alert.dedupKey); // The most recent one is the last of the map.
    this.#alerts.set(alert.dedupKey, alert);
    const [oldest] = this.#alerts.keys();
    if (this.#alerts.size > KEPT && oldest !== undefined) this.#alerts.delete(oldest);
  }

  #countEvent(): boolean {
    const now = this.#now();
    while ((this.#events[0] ?? now) < now - 60_000) this.#events.shift();
    if (this.#events.length >= PAGERDUTY_PER_MINUTE) return false;
    this.#events.push(now);
    return true;
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }
}

type Rejection = readonly [status: number, body: string, headers?: Readonly<Record<string, string>>];

function respond(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "text/html", ...headers }).end(body); // As Slack declares its words.
}

function respondJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
