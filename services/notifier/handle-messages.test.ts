import type { SQSRecord } from "aws-lambda";
import { beforeEach, expect, it } from "vitest";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { noTracer } from "../../lib/tracing/tracer.ts";
import { DeliveryError } from "./delivery-error.ts";
import { createHandler, digestRequestBody } from "./handle-messages.ts";
import { NotYetError } from "./notify.ts";
import { alarmMessage } from "./testing/alarm-message.ts";
import { budgetText } from "./testing/budget-text.ts";
import { costAnomaly } from "./testing/cost-anomaly.ts";

let notified: string[];
let retries: [string, number][];
let failure: Error | undefined;

beforeEach(() => {
  notified = [];
  retries = [];
  failure = undefined;
});

const handle = createHandler({
  notifier: {
    notify: async ({ name }) => {
      if (failure) throw failure;
      notified.push(name);
    },
    notifyCost: async ({ text }) => void notified.push(text),
    digest: async (startedAt) => void notified.push(`digest ${startedAt}`),
  },
  complete: async (change) => change,
  retryIn: async (receipt, seconds) => void retries.push([receipt, seconds]),
  retrySeconds: 10,
  log: silentLog,
  tracer: noTracer,
});

const record = (body: string, receives = 1, id = "m") =>
  ({
    messageId: id,
    receiptHandle: `r${id}`,
    body,
    attributes: { ApproximateReceiveCount: String(receives) },
  }) as SQSRecord;

it("notifies about budgets", async () => {
  expect(await handle({ Records: [record(budgetText())] })).toEqual({ batchItemFailures: [] });
  expect(notified).toEqual([
    "💰 Budget: nv-demo-dev-monthly: The cost of this month is $21.37, above $20.00 of a budget of $25.00.",
  ]);
});

it("notifies about unusual costs", async () => {
  expect(await handle({ Records: [record(JSON.stringify(costAnomaly()))] })).toEqual({ batchItemFailures: [] });
  expect(notified).toEqual([
    "💸 Unusual cost: nv-demo-dev-services: Since 2026-11-27, AWS Lambda has cost $31.50 in place of $1.25. " +
      "The largest parts: AWS Lambda, Lambda-GB-Second, us-east-1; AWS Lambda.",
  ]);
});

it("notifies about alarms and sends requested digests", async () => {
  const event = { Records: [record(JSON.stringify(alarmMessage())), record(digestRequestBody(5))] };
  expect(await handle(event)).toEqual({ batchItemFailures: [] });
  expect(notified).toEqual(["nv-demo-api-errors", "digest 5"]);
});

it.each([
  [1, 10],
  [2, 20],
  [5, 160],
  [9, 900],
])("retries attempt %i after %i s", async (receives, seconds) => {
  failure = new DeliveryError("Failed", "no");
  const event = { Records: [record(JSON.stringify(alarmMessage()), receives)] };
  expect(await handle(event)).toEqual({ batchItemFailures: [{ itemIdentifier: "m" }] });
  expect(retries).toEqual([["rm", seconds]]);
});

it.each([
  ["as long as a recipient asks", new AggregateError([new DeliveryError("RateLimited", "no", 30)]), 30],
  ["as long as the other delivery takes", new AggregateError([new NotYetError("busy", 5)]), 5],
  ["the longest of several", new AggregateError([new NotYetError("busy", 5), new Error("x")]), 10],
])("waits %s", async (_, error, seconds) => {
  failure = error;
  await handle({ Records: [record(JSON.stringify(alarmMessage()))] });
  expect(retries).toEqual([["rm", seconds]]);
});

it.each(["", "hello", "{}", "[]", '{"digest":{}}'])(
  "moves what is no message of an alarm to the dead-letter queue without waiting: %s",
  async (body) => {
    const event = { Records: [record(body, 1, "bad"), record(JSON.stringify(alarmMessage()), 1, "good")] };
    expect(await handle(event)).toEqual({ batchItemFailures: [{ itemIdentifier: "bad" }] });
    expect(retries).toEqual([["rbad", 0]]);
    expect(notified).toEqual(["nv-demo-api-errors"]);
  },
);

it("fails the message also when the time of the retry cannot be set", async () => {
  const unable = createHandler({
    notifier: {
      notify: async () => Promise.reject(new Error("no")),
      notifyCost: async () => {},
      digest: async () => {},
    },
    complete: async (change) => change,
    retryIn: async () => Promise.reject(new Error("expired")),
    retrySeconds: 10,
    log: silentLog,
    tracer: noTracer,
  });
  const event = { Records: [record(JSON.stringify(alarmMessage()))] };
  expect(await unable(event)).toEqual({ batchItemFailures: [{ itemIdentifier: "m" }] });
});
