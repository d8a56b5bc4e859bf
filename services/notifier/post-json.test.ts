import { expect, it } from "vitest";
import { createRecorder } from "../../lib/tracing/testing/recorder.ts";
import { Recipients } from "./recipients.ts";

const URL = "https://hooks.slack.com/services/T1/B1/credential";
const MESSAGE = { text: "hello", blocks: [] };

/** Recipients that respond in the given order, the last response for ever; records the requests and the waits. */
function recipients(...responses: (Response | Error)[]) {
  const requests: { url: string; init: RequestInit | undefined }[] = [];
  const waits: number[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    requests.push({ url: String(url), init });
    const response = responses[Math.min(requests.length, responses.length) - 1];
    if (response instanceof Error) throw response;
    return response?.clone() ?? new Response();
  };
  const { tracer, documents } = createRecorder();
  const dependencies = { fetch, sleep: async (ms: number) => void waits.push(ms), random: () => 1, tracer };
  return { recipients: new Recipients("https", dependencies), requests, waits, documents };
}

const text = (status: number, body: string, headers: Record<string, string> = {}) =>
  new Response(body, { status, headers });

it("sends JSON to Slack without following redirects", async () => {
  const { recipients: to, requests } = recipients(text(200, "ok"));
  await to.postToSlack(URL, MESSAGE);
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    url: URL,
    init: { method: "POST", redirect: "manual", headers: { "content-type": "application/json" } },
  });
  expect(JSON.parse(String(requests[0]?.init?.body))).toEqual(MESSAGE);
});

it("is traced without the address of the webhook", async () => {
  const { recipients: to, documents } = recipients(text(410, "channel_is_archived"));
  await expect(to.postToSlack(URL, MESSAGE)).rejects.toThrow("410");
  expect(documents).toMatchObject([
    { name: "Slack", namespace: "remote", fault: true, cause: { exceptions: [{ message: "Rejected" }] } },
  ]);
  expect(JSON.stringify(documents)).not.toMatch(/hooks|credential/);
});

it.each(["us", "eu"] as const)("sends events to PagerDuty in the region %s", async (region) => {
  const { recipients: to, requests } = recipients(text(202, "{}"));
  await to.sendToPagerDuty("k".repeat(32), region, { event_action: "resolve", dedup_key: "a" });
  expect(requests[0]?.url).toBe(`https://events${region === "eu" ? ".eu" : ""}.pagerduty.com/v2/enqueue`);
  expect(JSON.parse(String(requests[0]?.init?.body))).toEqual({
    routing_key: "k".repeat(32),
    event_action: "resolve",
    dedup_key: "a",
  });
});

it("tries again with growing waits after failures that may be transient", async () => {
  const { recipients: to, requests, waits } = recipients(text(503, ""), new TypeError("fetch failed"), text(200, "ok"));
  await to.postToSlack(URL, MESSAGE);
  expect(requests).toHaveLength(3);
  expect(waits).toEqual([1_000, 2_000]);
});

it("waits for as long as Slack asks", async () => {
  const { recipients: to, waits } = recipients(text(429, "rate_limited", { "retry-after": "7" }), text(200, "ok"));
  await to.postToSlack(URL, MESSAGE);
  expect(waits).toEqual([7_000]);
});

it("leaves a longer wait to the queue", async () => {
  const { recipients: to, requests, waits } = recipients(text(429, "rate_limited", { "retry-after": "30" }));
  await expect(to.postToSlack(URL, MESSAGE)).rejects.toMatchObject({ code: "RateLimited", retryAfter: 30 });
  expect([requests.length, waits]).toEqual([1, []]);
});

it.each([
  [text(500, ""), "Failed", 3],
  [text(429, "rate_limited"), "RateLimited", 3],
  [new TypeError(`Failed to parse URL from ${URL}`), "Unreachable", 3],
  [Object.assign(new Error("timeout"), { name: "TimeoutError" }), "TimedOut", 3],
  [text(410, "channel_is_archived"), "Rejected", 1],
  [text(301, "", { location: "http://169.254.169.254/" }), "Rejected", 1],
])("gives up with a reason that does not contain the address: %#", async (response, code, attempts) => {
  const { recipients: to, requests } = recipients(response);
  const error = await to.postToSlack(URL, MESSAGE).catch((reason: unknown) => reason as Error & { code: string });
  expect(error).toMatchObject({ name: "DeliveryError", code });
  expect(String(error?.stack) + String(error?.cause)).not.toContain("credential");
  expect(requests).toHaveLength(attempts);
});

it("reports why the message was rejected, in printable characters", async () => {
  const slack = recipients(text(410, "channel_is_archived")).recipients;
  await expect(slack.postToSlack(URL, MESSAGE)).rejects.toThrow("Slack responded with status 410: channel_is_archived");
  const body = JSON.stringify({ status: "invalid event", errors: ["'payload.summary' is too long", "x\n\u001b[2J"] });
  const pagerDuty = recipients(text(400, body)).recipients;
  const event = { event_action: "resolve", dedup_key: "a" } as const;
  await expect(pagerDuty.sendToPagerDuty("k", "us", event)).rejects.toThrow(
    "PagerDuty responded with status 400: 'payload.summary' is too long, x???2J",
  );
});
