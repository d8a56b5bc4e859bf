import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AlarmChange, parseAlarmChange } from "../../services/notifier/alarm-change.ts";
import { dedupKey, pagerDutyEvent } from "../../services/notifier/pagerduty-event.ts";
import { changeMessage, digestMessage } from "../../services/notifier/slack-message.ts";
import { alarmMessage } from "../../services/notifier/testing/alarm-message.ts";
import { NotificationServices } from "./notification-services.ts";
import { readPagerDutyEvent } from "./pagerduty-rules.ts";
import { readSlackMessage } from "./slack-rules.ts";

const KEY = "0".repeat(32);

let now: number;
let services: NotificationServices;
let slackUrl: string;
let pagerDutyUrl: string;

beforeEach(async () => {
  now = Date.parse("2026-11-28T04:30:00Z");
  services = new NotificationServices({ now: () => now });
  slackUrl = `http://127.0.0.1:${await services.slack.listen(0)}`;
  pagerDutyUrl = `http://127.0.0.1:${await services.pagerDuty.listen(0)}`;
});
afterEach(async () => {
  await services.slack.close();
  await services.pagerDuty.close();
});

const webhook = () => `${slackUrl}/services/T0/B0/x`;
const post = (url: string, body: unknown, type = "application/json") =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const enqueue = (event: object) => post(`${pagerDutyUrl}/v2/enqueue`, { routing_key: KEY, ...event });
const payload = { summary: "s", source: "x", severity: "critical" };

/** Any alarm that CloudWatch could publish, with texts in any script, too long, empty and malformed. */
const text = (maxLength: number) => fc.oneof(fc.string({ unit: "binary", maxLength }), fc.string({ maxLength }));
const long = (maxLength: number) =>
  fc.oneof(
    text(maxLength),
    fc.constantFrom("&", "<", "👨‍👩‍👧", "\ud83d").map((unit) => unit.repeat(maxLength)),
  );
const changes: fc.Arbitrary<AlarmChange> = fc
  .record({
    AlarmName: long(255).map((name) => name || "a"),
    AlarmDescription: fc.option(
      fc.oneof(
        long(1024),
        fc
          .tuple(text(200), fc.webUrl({ withQueryParameters: true }))
          .map(([words, url]) => `${words}\nRunbook: ${url}`),
      ),
    ),
    NewStateValue: fc.constantFrom("OK", "ALARM", "INSUFFICIENT_DATA"),
    NewStateReason: long(1024),
    Trigger: fc.option(
      fc.record({
        MetricName: long(255),
        Namespace: long(255),
        ExtendedStatistic: fc.option(text(10)),
        Dimensions: fc.array(fc.record({ name: long(255), value: long(1024) }), { maxLength: 30 }),
        Period: fc.integer({ min: 10, max: 86_400 }),
        EvaluationPeriods: fc.integer({ min: 1, max: 100 }),
        ComparisonOperator: text(40),
        Threshold: fc.double({ noNaN: true, noDefaultInfinity: true }),
      }),
    ),
  })
  .map((over) => parseAlarmChange(alarmMessage(over)));

describe("every message about an alarm", () => {
  it("is accepted by Slack", () => {
    fc.assert(
      fc.property(changes, (change) => {
        const message = JSON.parse(JSON.stringify(changeMessage(change, "dev"))) as unknown;
        expect(readSlackMessage(message)).not.toHaveProperty("rejection");
      }),
    );
  });

  it("is accepted by Slack as a digest of any length", () => {
    fc.assert(
      fc.property(
        fc.array(changes, { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 60 }),
        (some, times) => {
          const message = digestMessage(Array.from({ length: times }, () => some).flat(), "dev");
          expect(readSlackMessage(JSON.parse(JSON.stringify(message)))).not.toHaveProperty("rejection");
        },
      ),
      { numRuns: 30 },
    );
  });

  it("is accepted by PagerDuty", () => {
    fc.assert(
      fc.property(changes, (change) => {
        const event = { routing_key: KEY, ...pagerDutyEvent(change, "dev") };
        expect(readPagerDutyEvent(JSON.parse(JSON.stringify(event)))).not.toHaveProperty("errors");
      }),
    );
  });

  it("says what, where, since when, value and threshold, with links to the graph and the runbook", () => {
    const content = JSON.stringify(changeMessage(parseAlarmChange(alarmMessage()), "dev"));
    for (const part of [
      "🔴 Alarm: nv-demo-api-errors",
      "Api: the Lambda function returned errors",
      "dev, account 123456789012, us-east-1",
      "FunctionName nv-demo-api",
      "<!date^1795840212^",
      "*Value*\\n3",
      "*Threshold*\\n&gt; 0 in 5 min",
      "#alarmsV2:alarm/nv-demo-api-errors|Graph>",
      "<https://example.com/runbooks/functions.md#errors|Runbook>",
    ]) {
      expect(content).toContain(part);
    }
  });
});

it("keeps the deduplication key of an alarm within the limit, and different for different alarms", () => {
  const arn = `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${"x".repeat(255)}`;
  expect(dedupKey(arn)).toHaveLength(255);
  expect(dedupKey(`${arn}y`)).not.toBe(dedupKey(arn));
  expect(dedupKey("arn")).toBe("arn");
});

describe("Slack", () => {
  it("keeps accepted messages, newest first, and shows them", async () => {
    for (const words of ["first <b>", "second"])
      expect(await (await post(webhook(), { text: words })).text()).toBe("ok");
    expect(services.received().slack.map(({ text: words }) => words)).toEqual(["second", "first <b>"]);
    expect(await (await fetch(`${slackUrl}/messages`)).json()).toEqual(services.received());
    const page = await fetch(`${pagerDutyUrl}/`);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await page.text()).toContain("first &lt;b&gt;");
  });

  const header = (words: string) => ({ type: "header", text: { type: "plain_text", text: words } });
  const section = (words: string) => ({ type: "section", text: { type: "mrkdwn", text: words } });
  it.each<[string, unknown, string]>([
    ["no JSON", "{", "invalid_payload"],
    ["a list", [], "invalid_payload"],
    ["no text", { blocks: [] }, "no_text"],
    ["a text that is too long", { text: "x".repeat(40_001) }, "msg_too_long"],
    ["too many blocks", { blocks: Array.from({ length: 51 }, () => section("x")) }, "invalid_blocks"],
    ["a header that is too long", { blocks: [header("x".repeat(151))] }, "invalid_blocks"],
    ["an empty header", { blocks: [header("")] }, "invalid_blocks"],
    ["a section that is too long", { blocks: [section("x".repeat(3001))] }, "invalid_blocks"],
    ["a section without text", { blocks: [{ type: "section" }] }, "invalid_blocks"],
    ["too many fields", { blocks: [{ type: "section", fields: Array(11).fill(section("x").text) }] }, "invalid_blocks"],
    ["an unknown block", { blocks: [{ type: "marquee" }] }, "invalid_blocks"],
  ])("rejects %s", async (_, body, word) => {
    const response = await post(webhook(), body);
    expect([response.status, await response.text()]).toEqual([400, word]);
  });

  it("rejects other addresses, methods and content types", async () => {
    expect((await post(`${slackUrl}/services/T0/B0`, { text: "x" })).status).toBe(404);
    expect((await fetch(webhook())).status).toBe(405);
    expect((await post(webhook(), '{"text":"x"}', "text/plain")).status).toBe(400);
  });

  it("accepts one message per second, after a short burst", async () => {
    const statuses = async (count: number) => {
      const responses = await Promise.all(Array.from({ length: count }, () => post(webhook(), { text: "x" })));
      return responses.map(({ status }) => status).toSorted();
    };
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429]);
    now += 1_000;
    expect(await statuses(2)).toEqual([200, 429]);
    expect((await post(webhook(), { text: "x" })).headers.get("retry-after")).toBe("1");
  });

  it("fails while a fault is injected", async () => {
    services.begin("slack-archived");
    const response = await post(webhook(), { text: "x" });
    expect([response.status, await response.text()]).toEqual([410, "channel_is_archived"]);
    services.end("slack-archived");
    expect((await post(webhook(), { text: "x" })).status).toBe(200);
  });

  it("shows nothing to a page whose name was made to resolve to this machine", async () => {
    const { request } = await import("node:http");
    const status = await new Promise((resolve) =>
      request(`${slackUrl}/messages`, { headers: { host: "evil.example" } }, ({ statusCode }) =>
        resolve(statusCode),
      ).end(),
    );
    expect(status).toBe(403);
  });
});

describe("PagerDuty", () => {
  it("opens one alert per key, acknowledges and resolves it, and opens a new one afterwards", async () => {
    const status = () => services.received().pagerDuty.map((alert) => [alert.dedupKey, alert.status, alert.triggers]);
    const trigger = { event_action: "trigger", dedup_key: "a", payload };
    const accepted = await enqueue(trigger);
    expect([accepted.status, await accepted.json()]).toEqual([
      202,
      { status: "success", message: "Event processed", dedup_key: "a" },
    ]);
    await enqueue(trigger);
    expect(status()).toEqual([["a", "triggered", 2]]);
    await enqueue({ event_action: "acknowledge", dedup_key: "a" });
    expect(status()).toEqual([["a", "acknowledged", 2]]);
    await enqueue({ event_action: "resolve", dedup_key: "a" });
    await enqueue({ event_action: "resolve", dedup_key: "unknown" });
    expect(status()).toEqual([["a", "resolved", 2]]);
    await enqueue(trigger);
    expect(status()).toEqual([["a", "triggered", 1]]);
  });

  it.each<[string, object, string]>([
    ["a short routing key", { routing_key: "0", event_action: "trigger", payload }, "routing_key"],
    ["an unknown action", { event_action: "panic", payload }, "event_action"],
    ["no payload", { event_action: "trigger" }, "payload"],
    [
      "a long summary",
      { event_action: "trigger", payload: { ...payload, summary: "x".repeat(1025) } },
      "payload.summary",
    ],
    ["no source", { event_action: "trigger", payload: { ...payload, source: "" } }, "payload.source"],
    ["an unknown severity", { event_action: "trigger", payload: { ...payload, severity: "bad" } }, "payload.severity"],
    ["a long key", { event_action: "resolve", dedup_key: "x".repeat(256) }, "dedup_key"],
    ["no key to resolve", { event_action: "resolve" }, "dedup_key"],
    [
      "an image without TLS",
      { event_action: "trigger", payload, images: [{ src: "http://x.example/" }] },
      "images.0.src",
    ],
    ["a link without an address", { event_action: "trigger", payload, links: [{ text: "x" }] }, "links.0.href"],
  ])("rejects %s, and names it", async (_, event, member) => {
    const response = await enqueue(event);
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: string[] };
    expect(errors.join()).toContain(`'${member}'`);
  });

  it("rejects events that are too large or too many", async () => {
    const details = { event_action: "trigger", payload: { ...payload, custom_details: { x: "x".repeat(512 * 1024) } } };
    expect((await enqueue(details)).status).toBe(413);
    for (let count = 0; count < 120; count += 1) await enqueue({ event_action: "resolve", dedup_key: "a" });
    expect((await enqueue({ event_action: "resolve", dedup_key: "a" })).status).toBe(429);
    now += 60_001;
    expect((await enqueue({ event_action: "resolve", dedup_key: "a" })).status).toBe(202);
  });
});
