import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import type { Addresses } from "./addresses.ts";
import { type AlarmChange, parseAlarmChange } from "./alarm-change.ts";
import { parseBudgetNotice } from "./budget-notice.ts";
import { budgetMessage } from "./cost-message.ts";
import { DeliveryError } from "./delivery-error.ts";
import { Notifier } from "./notify.ts";
import type { PagerDutyEvent } from "./pagerduty-event.ts";
import type { SlackMessage } from "./slack-text.ts";
import { alarmMessage } from "./testing/alarm-message.ts";
import { budgetText } from "./testing/budget-text.ts";
import { MemoryDeliveryRecords, WINDOW_MS } from "./testing/memory-delivery-records.ts";

const START = Date.parse("2026-11-28T04:30:00.000Z");

let now: number;
let addresses: Addresses;
let slack: SlackMessage[];
let pagerDuty: PagerDutyEvent[];
let digests: { startedAt: number; delay: number }[];
let failing: Set<"Slack" | "PagerDuty">;
let records: MemoryDeliveryRecords;
let notifier: Notifier;

function setUp(): void {
  now = START;
  addresses = { slackWebhookUrl: "https://slack", pagerDutyRoutingKey: "key", pagerDutyRegion: "us" };
  slack = [];
  pagerDuty = [];
  digests = [];
  failing = new Set();
  const clock = { now: () => now };
  records = new MemoryDeliveryRecords(clock);
  const failIf = (recipient: "Slack" | "PagerDuty") => {
    if (failing.has(recipient)) throw new DeliveryError("Failed", `${recipient} failed`);
  };
  notifier = new Notifier({
    addresses: { read: async () => addresses },
    recipients: {
      postToSlack: async (_, message) => {
        failIf("Slack");
        slack.push(message);
      },
      sendToPagerDuty: async (_, __, event) => {
        failIf("PagerDuty");
        pagerDuty.push(event);
      },
    },
    records,
    scheduleDigest: async (startedAt, delay) => void digests.push({ startedAt, delay }),
    environment: "dev",
    window: WINDOW_MS,
    clock,
    log: silentLog,
  });
}
beforeEach(setUp);

/** A change `seconds` after the start. */
function change(state: string, seconds: number, over: Readonly<Record<string, unknown>> = {}): AlarmChange {
  const StateChangeTime = new Date(START + seconds * 1000).toISOString().replace("Z", "+0000");
  const OldStateValue = state === "ALARM" ? "OK" : "ALARM";
  return parseAlarmChange(alarmMessage({ NewStateValue: state, OldStateValue, StateChangeTime, ...over }));
}

const warning = { AlarmDescription: "Slow\nSeverity: warning" };
const titles = () => slack.map(({ text }) => text.split(":")[0]);
const actions = () => pagerDuty.map(({ event_action }) => event_action);

it("tells both recipients about a critical alarm when it starts and when it ends", async () => {
  await notifier.notify(change("ALARM", 0));
  await notifier.notify(change("OK", 10));
  expect(titles()).toEqual(["🔴 Alarm", "🟢 Cleared"]);
  expect(actions()).toEqual(["trigger", "resolve"]);
  expect(new Set(pagerDuty.map(({ dedup_key }) => dedup_key))).toEqual(new Set([change("OK", 0).arn]));
});

it("tells only Slack about a warning", async () => {
  await notifier.notify(change("ALARM", 0, warning));
  await notifier.notify(change("OK", 10, warning));
  expect([titles(), actions()]).toEqual([["🔴 Alarm", "🟢 Cleared"], []]);
});

it("resolves an open alert also when the alarm has become a warning", async () => {
  await notifier.notify(change("ALARM", 0));
  await notifier.notify(change("OK", 10, warning));
  expect(actions()).toEqual(["trigger", "resolve"]);
});

it("tells only Slack about a budget", async () => {
  const notice = parseBudgetNotice(budgetText({ type: "FORECASTED", amount: "$31.00" }));
  if (!notice) throw new TypeError("The text is no notice.");
  await notifier.notifyCost(budgetMessage(notice));
  expect(slack.map(({ text }) => text)).toEqual([
    "💰 Budget: nv-demo-dev-monthly: The cost of this month will be $31.00, above $20.00 of a budget of $25.00.",
  ]);
  addresses = { pagerDutyRegion: "us" };
  await notifier.notifyCost(budgetMessage(notice));
  expect([slack.length, pagerDuty.length]).toEqual([1, 0]);
});

it("sends nothing to a recipient without an address", async () => {
  addresses = { pagerDutyRegion: "us" };
  await notifier.notify(change("ALARM", 0));
  expect([slack, pagerDuty]).toEqual([[], []]);
});

it("is silent about a new alarm that becomes OK, and not about one that was in alarm before", async () => {
  const fromNoData = { OldStateValue: "INSUFFICIENT_DATA" };
  await notifier.notify(change("OK", 0, fromNoData));
  expect([slack, pagerDuty]).toEqual([[], []]);
  await notifier.notify(change("ALARM", 10, fromNoData));
  await notifier.notify(change("INSUFFICIENT_DATA", 20));
  await notifier.notify(change("OK", 30, fromNoData));
  expect(titles()).toEqual(["🔴 Alarm", "⚪ No data", "🟢 Cleared"]);
  expect(actions()).toEqual(["trigger", "resolve"]);
});

describe("deliveries", () => {
  it("of the same change are made once", async () => {
    await notifier.notify(change("ALARM", 0));
    await notifier.notify(change("ALARM", 0));
    expect([slack.length, pagerDuty.length]).toEqual([1, 1]);
  });

  it("of an earlier change are dropped after a later one", async () => {
    await notifier.notify(change("OK", 10));
    await notifier.notify(change("ALARM", 0));
    expect([titles(), actions()]).toEqual([["🟢 Cleared"], ["resolve"]]);
  });

  it("are retried for the recipient that failed, and not for the other", async () => {
    failing.add("Slack");
    const failed = notifier.notify(change("ALARM", 0));
    await expect(failed).rejects.toMatchObject({ errors: [{ message: "Slack failed" }] });
    failing.clear();
    await notifier.notify(change("ALARM", 0));
    expect([slack.length, pagerDuty.length]).toEqual([1, 1]);
  });

  it("of concurrent changes of one alarm wait for each other", async () => {
    await records.begin(`Slack ${change("ALARM", 0).arn}`, change("ALARM", 0).changedAt);
    const busy = notifier.notify(change("OK", 1));
    await expect(busy).rejects.toMatchObject({ errors: [{ code: "NotYet" }] });
    now += 91_000; // The invocation that held the reservation has died.
    await notifier.notify(change("OK", 1));
    expect(titles()).toEqual(["🟢 Cleared"]);
  });

  it("end with the newest state, in any order and with any failures, and no change is sent twice", async () => {
    const steps = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 5 }), fails: fc.boolean(), passes: fc.integer({ min: 1, max: 3 }) }),
      { minLength: 1, maxLength: 20 },
    );
    const stateAt = (at: number) => (at % 2 === 0 ? "ALARM" : "OK");
    await fc.assert(
      fc.asyncProperty(steps, async (deliveries) => {
        setUp();
        for (const { at, fails, passes } of deliveries) {
          if (fails) {
            failing.add("PagerDuty");
            await notifier.notify(change(stateAt(at), at)).catch(() => {});
            failing.clear();
          }
          // At least once, as SNS and SQS deliver.
          for (let pass = 0; pass < passes; pass += 1) await notifier.notify(change(stateAt(at), at));
          now += WINDOW_MS; // No digests.
        }
        const newest = Math.max(...deliveries.map(({ at }) => at));
        expect(actions().at(-1)).toBe(stateAt(newest) === "ALARM" ? "trigger" : "resolve");
        expect(new Set(slack.map(({ blocks }) => JSON.stringify(blocks))).size).toBe(slack.length);
      }),
    );
  });
});

describe("the digest", () => {
  const storm = (count: number, state = "ALARM") =>
    Array.from({ length: count }, (_, index) => change(state, index, { AlarmName: `alarm-${index}` }));

  it("lists the changes after the tenth within a minute", async () => {
    for (const one of storm(15)) await notifier.notify(one);
    expect(slack).toHaveLength(10);
    expect(pagerDuty).toHaveLength(15);
    expect(digests).toEqual([{ startedAt: START, delay: 65 }]);
    await expect(notifier.digest(START)).rejects.toMatchObject({ code: "NotYet", retryAfter: 60 });
    now += WINDOW_MS;
    await notifier.digest(START);
    expect(slack).toHaveLength(11);
    now += 1;
    expect(slack[10]?.text).toBe("5 more alarms changed in dev: 5 started");
    const content = JSON.stringify(slack[10]);
    for (const index of [10, 11, 12, 13, 14]) expect(content).toContain(`*alarm-${index}*`);
    await notifier.digest(START);
    expect(slack).toHaveLength(11);
  });

  it("is not used for the same number of changes in two minutes", async () => {
    for (const one of storm(10)) await notifier.notify(one);
    now += WINDOW_MS;
    for (const one of storm(20).slice(10)) await notifier.notify(one);
    expect([slack.length, digests]).toEqual([20, []]);
  });

  it("does not count retries", async () => {
    failing.add("Slack");
    for (let attempt = 0; attempt < 15; attempt += 1) await notifier.notify(change("ALARM", 0)).catch(() => {});
    failing.clear();
    await notifier.notify(change("ALARM", 0));
    await notifier.notify(change("OK", 1));
    expect([slack.length, digests]).toEqual([2, []]);
  });

  it("is sent again when it failed, and loses no change", async () => {
    for (const one of storm(12)) await notifier.notify(one);
    now += WINDOW_MS;
    failing.add("Slack");
    await expect(notifier.digest(START)).rejects.toThrow("Slack failed");
    failing.clear();
    await notifier.digest(START);
    expect(slack).toHaveLength(11);
  });

  it("is scheduled again for a change that was stored after the end of its window", async () => {
    for (const one of storm(11)) await notifier.notify(one);
    const collect = records.collect.bind(records);
    records.collect = async (startedAt, collected) => {
      await collect(startedAt, collected);
      now += WINDOW_MS;
    };
    const [late = change("ALARM", 0)] = storm(12).slice(11);
    await notifier.notify(late);
    expect(digests).toEqual([
      { startedAt: START, delay: 65 },
      { startedAt: START, delay: 5 },
    ]);
  });
});
