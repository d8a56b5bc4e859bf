import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource.ts";
import { UNKNOWN } from "../../provider/unknown.ts";
import { systemClock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { PATIENCE } from "../../runtime/testing/patience.ts";
import type { Invocation } from "../lambda/invoker.ts";
import type { MessageAttributes } from "../sqs/consumer.ts";
import { Events } from "./events.ts";
import { TargetDelivery } from "./target-delivery.ts";

const ARN = "arn:aws:events:us-east-1:000000000000";
const QUEUE = "arn:aws:sqs:us-east-1:000000000000:queue";
const DEAD_LETTERS = "arn:aws:sqs:us-east-1:000000000000:dead-letters";
const TOPIC = "arn:aws:sns:us-east-1:000000000000:topic";
const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:work";
const LOG_GROUP = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/all:*";

let events: Events;
let served: ServedService;
let client: EventBridgeClient;
let sent: { targetArn: string; body: string; attributes?: MessageAttributes | undefined }[];
let invoked: Invocation[];
let allowed: boolean;

beforeEach(async () => {
  sent = [];
  invoked = [];
  allowed = true;
  const mayReceive = (targetArn: string, principal: string, sourceArn: string) =>
    (allowed || targetArn === DEAD_LETTERS) && principal === "events.amazonaws.com" && sourceArn.startsWith(ARN);
  const delivery = new TargetDelivery({
    lambda: {
      invoke: async (invocation) => {
        if (!allowed) throw new AwsError("ResourceNotFoundException", "Function not found", 404);
        invoked.push(invocation);
        return { payload: "", executedVersion: "1", logTail: "" };
      },
    },
    queues: { send: (targetArn, body, attributes) => void sent.push({ targetArn, body, attributes }), mayReceive },
    topics: {
      publish: async (targetArn, body) => {
        sent.push({ targetArn, body });
        return "id";
      },
      mayPublish: mayReceive,
    },
    logs: { write: (group, _stream, [body = ""]) => void sent.push({ targetArn: group, body }) },
  });
  events = new Events({ access: openAccess(), clock: systemClock, delivery });
  served = await ServedService.start(events.service);
  client = new EventBridgeClient(served.client);
});

afterEach(async () => {
  events.stop();
  client.destroy();
  await served.stop();
});

function handler(type: string) {
  const found = events.terraform.resources?.find((candidate) => candidate.type === type);
  if (!found) throw new Error(`no handler for ${type}`);
  return found;
}

async function apply(type: string, planned: Attributes): Promise<Attributes> {
  const context = { account: "000000000000", region: "us-east-1", config: planned };
  const created = { ...planned, ...(await handler(type).create?.(planned, context)) };
  await handler(type).start?.(created);
  return created;
}

function rule(name: string, more: Attributes): Promise<Attributes> {
  return apply("aws_cloudwatch_event_rule", { name, event_bus_name: "default", ...more });
}

function target(ruleName: string, arn: string, more: Attributes = {}): Promise<Attributes> {
  const planned = { rule: ruleName, arn, event_bus_name: "default", target_id: UNKNOWN, ...more };
  return apply("aws_cloudwatch_event_target", planned);
}

function put(entry: Partial<PutEventsRequestEntry> = {}) {
  const full = { Source: "shop", DetailType: "order", Detail: `{"id": 7, "item": "a \\"b\\""}`, ...entry };
  return client.send(new PutEventsCommand({ Entries: [full] }));
}

const onOrders = { event_pattern: JSON.stringify({ source: ["shop"], detail: { id: [7] } }) };

test("a schedule invokes a function in the name of its rule", async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-21T11:59:00Z"), toFake: ["Date", "setTimeout", "clearTimeout"] });
  try {
    const { arn } = await rule("daily", { schedule_expression: "cron(0 12 * * ? *)" });
    await target("daily", FUNCTION);
    vi.advanceTimersByTime(60_000);
    expect(invoked).toMatchObject([
      {
        functionName: FUNCTION,
        type: "Event",
        source: { kind: "service", principal: "events.amazonaws.com", sourceArn: `${ARN}:rule/daily` },
      },
    ]);
    expect(JSON.parse(invoked[0]?.payload ?? "")).toMatchObject({
      "detail-type": "Scheduled Event",
      source: "aws.events",
      account: "000000000000",
      region: "us-east-1",
      time: "2026-11-21T12:00:00Z",
      resources: [arn],
      detail: {},
    });
  } finally {
    vi.useRealTimers();
  }
});

test.each([[{ state: "DISABLED" }], [{ is_enabled: false }]])("a rule with %j does nothing", async (off) => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
  try {
    const daily = await rule("often", { schedule_expression: "rate(1 minute)" });
    await target("often", FUNCTION);
    await handler("aws_cloudwatch_event_rule").start?.({ ...daily, ...off });
    vi.advanceTimersByTime(300_000);
    expect(invoked).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test("an event goes to every target of the rules that it matches", async () => {
  await rule("orders", onOrders);
  await rule("others", { event_pattern: JSON.stringify({ source: ["stock"] }) });
  await target("orders", QUEUE);
  await target("orders", TOPIC);
  await target("orders", LOG_GROUP);
  await target("others", FUNCTION);
  const { Entries } = await put({ Resources: ["arn:x"] });
  await vi.waitFor(
    () => expect(sent.map(({ targetArn }) => targetArn)).toEqual([QUEUE, TOPIC, "/aws/events/all"]),
    PATIENCE,
  );
  expect(JSON.parse(sent[0]?.body ?? "")).toMatchObject({
    id: Entries?.[0]?.EventId,
    source: "shop",
    "detail-type": "order",
    resources: ["arn:x"],
    detail: { id: 7 },
  });
  expect(invoked).toEqual([]);
});

test("a target gets the event whole, a constant, a part, or what a template makes of it", async () => {
  await rule("orders", onOrders);
  await target("orders", QUEUE, { input: `{"constant":true}` });
  await target("orders", QUEUE, { input_path: "$.detail.id" });
  await target("orders", QUEUE, {
    input_transformer: [
      {
        input_paths: { id: "$.detail.id", item: "$.detail['item']", none: "$.detail.none" },
        input_template: `{"id": <id>, "text": "<item> of <id> by <aws.events.rule-name>", "none": <none>, "x": "<y>"}`,
      },
    ],
  });
  await put();
  await vi.waitFor(() => expect(sent).toHaveLength(3), PATIENCE);
  expect(sent.map(({ body }) => JSON.parse(body))).toEqual([
    { constant: true },
    7,
    { id: 7, text: `a "b" of 7 by orders`, none: null, x: "<y>" },
  ]);
});

test("what a target does not take goes to the dead-letter queue with the reason, or is reported", async () => {
  const report = vi.spyOn(console, "error").mockReturnValue();
  allowed = false;
  await rule("orders", onOrders);
  await target("orders", FUNCTION, { dead_letter_config: [{ arn: DEAD_LETTERS }] });
  await target("orders", QUEUE);
  await put();
  await vi.waitFor(() => expect(report).toHaveBeenCalledOnce(), PATIENCE);
  expect(report.mock.calls[0]?.[0]).toContain("does not allow events.amazonaws.com to send");
  report.mockRestore();
  expect(sent).toMatchObject([
    {
      targetArn: DEAD_LETTERS,
      attributes: {
        RULE_ARN: { dataType: "String", stringValue: `${ARN}:rule/orders` },
        TARGET_ARN: { stringValue: FUNCTION },
        ERROR_CODE: { stringValue: "ResourceNotFoundException" },
      },
    },
  ]);
});

test("a bus of one's own has its own rules", async () => {
  await apply("aws_cloudwatch_event_bus", { name: "shop" });
  const own = await rule("orders", { ...onOrders, event_bus_name: "shop" });
  expect(own).toMatchObject({ id: "shop/orders", arn: `${ARN}:rule/shop/orders` });
  await target("orders", QUEUE, { event_bus_name: "shop" });
  await put();
  await put({ EventBusName: `${ARN}:event-bus/shop` });
  await vi.waitFor(() => expect(sent).toHaveLength(1), PATIENCE);
  const { Rules } = await client.send(new ListRulesCommand({ EventBusName: "shop" }));
  expect(Rules).toMatchObject([{ Name: "orders", EventBusName: "shop" }]);
});

test("entries that cannot be taken are named one by one", async () => {
  const answer = await client.send(
    new PutEventsCommand({
      Entries: [
        { Source: "shop", DetailType: "order", Detail: "{}" },
        { Source: "shop", DetailType: "order", Detail: "{" },
        { Source: "shop", Detail: "{}" },
        { Source: "shop", DetailType: "order", Detail: "{}", EventBusName: "nowhere" },
      ],
    }),
  );
  expect(answer.FailedEntryCount).toBe(3);
  expect(answer.Entries?.map(({ EventId, ErrorCode }) => ErrorCode ?? typeof EventId)).toEqual([
    "string",
    "MalformedDetail",
    "InvalidArgument",
    "NotFound",
  ]);
});

test("rules and targets are shown", async () => {
  await rule("daily", { schedule_expression: "rate(1 day)", description: "Each day" });
  await target("daily", QUEUE, { target_id: "queue", input: "{}" });
  expect((await client.send(new ListRulesCommand({ NamePrefix: "da" }))).Rules).toMatchObject([{ Name: "daily" }]);
  expect(await client.send(new DescribeRuleCommand({ Name: "daily" }))).toMatchObject({
    ScheduleExpression: "rate(1 day)",
    State: "ENABLED",
    Description: "Each day",
  });
  const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: "daily" }));
  expect(Targets).toEqual([{ Id: "queue", Arn: QUEUE, Input: "{}" }]);
  await expect(client.send(new DescribeRuleCommand({ Name: "weekly" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  const test = { EventPattern: `{"a":["b"]}`, Event: `{"a":"b"}` };
  expect((await client.send(new TestEventPatternCommand(test))).Result).toBe(true);
});

test("a deleted rule and a deleted target do nothing more", async () => {
  const orders = await rule("orders", onOrders);
  const queue = await target("orders", QUEUE);
  await handler("aws_cloudwatch_event_target").delete?.(queue);
  await put();
  await handler("aws_cloudwatch_event_rule").delete?.(orders);
  await expect(target("orders", QUEUE)).rejects.toThrow("Rule orders does not exist.");
  expect(handler("aws_cloudwatch_event_rule").read?.(orders)).toBeNull();
  expect(sent).toEqual([]);
});

test("a rule without schedule and pattern, with a bad one, or on no bus is refused", async () => {
  await expect(rule("a", {})).rejects.toThrow("must be specified");
  await expect(rule("a", { schedule_expression: "rate(1 days)" })).rejects.toThrow("rate(1 days)");
  await expect(rule("a", { schedule_expression: "at(2030-01-01T00:00:00)" })).rejects.toThrow("cron(...) or rate(...)");
  await expect(rule("a", { event_pattern: "{" })).rejects.toThrow("not valid");
  await expect(rule("a", { ...onOrders, event_bus_name: "nowhere" })).rejects.toThrow("nowhere does not exist");
});
