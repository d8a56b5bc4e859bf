import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { TargetDelivery } from "../../delivery/target-delivery.ts";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { ACCOUNT_ID, arn, REGION } from "../../runtime/account.ts";
import { systemClock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { Events } from "./events.ts";
import { RecordingTargets } from "./testing/recording-targets.ts";

const QUEUE = arn("sqs", "queue");
const DEAD_LETTERS = arn("sqs", "dead-letters");
const TOPIC = arn("sns", "topic");
const FUNCTION = arn("lambda", "function:work");
const LOG_GROUP = arn("logs", "log-group:/aws/events/all:*");
const BUS = "aws_cloudwatch_event_bus";
const RULE = "aws_cloudwatch_event_rule";
const TARGET = "aws_cloudwatch_event_target";

let events: Events;
let resources: ManagedResources;
let served: ServedService;
let client: EventBridgeClient;
let targets: RecordingTargets;
/** Whether targets other than the dead-letter queue allow EventBridge to send to them. */
let allowed: boolean;

beforeEach(async () => {
  allowed = true;
  targets = new RecordingTargets();
  targets.allows = (targetArn, principal, sourceArn) =>
    (allowed || targetArn === DEAD_LETTERS) &&
    principal === "events.amazonaws.com" &&
    sourceArn.startsWith(arn("events", "rule/"));
  targets.beforeInvoke = () => {
    if (!allowed) throw new AwsError("ResourceNotFoundException", "Function not found", 404);
  };
  events = new Events({ access: openAccess(), clock: systemClock, delivery: new TargetDelivery(targets) });
  resources = new ManagedResources(events.terraform);
  served = await ServedService.start(events.service);
  client = new EventBridgeClient(served.client);
});

afterEach(async () => {
  events.stop();
  resources.close();
  client.destroy();
  await served.stop();
});

function rule(name: string, config: Attributes): Promise<Attributes> {
  return resources.apply(RULE, { name, ...config });
}

function target(ruleName: string, targetArn: string, config: Attributes = {}): Promise<Attributes> {
  return resources.apply(TARGET, { rule: ruleName, arn: targetArn, ...config });
}

function put(entry: Partial<PutEventsRequestEntry> = {}) {
  const full = { Source: "shop", DetailType: "order", Detail: `{"id": 7, "item": "a \\"b\\""}`, ...entry };
  return client.send(new PutEventsCommand({ Entries: [full] }));
}

const onOrders = { event_pattern: JSON.stringify({ source: ["shop"], detail: { id: [7] } }) };

it("invokes a function on schedule, with the rule as the source", async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-21T11:59:00Z"), toFake: ["Date", "setTimeout", "clearTimeout"] });
  try {
    const daily = await rule("daily", { schedule_expression: "cron(0 12 * * ? *)" });
    await target("daily", FUNCTION);
    vi.advanceTimersByTime(60_000);
    expect(targets.invocations).toMatchObject([
      {
        functionName: FUNCTION,
        type: "Event",
        source: { kind: "service", principal: "events.amazonaws.com", sourceArn: arn("events", "rule/daily") },
      },
    ]);
    expect(JSON.parse(targets.invocations[0]?.payload ?? "")).toMatchObject({
      "detail-type": "Scheduled Event",
      source: "aws.events",
      account: ACCOUNT_ID,
      region: REGION,
      time: "2026-11-21T12:00:00Z",
      resources: [daily.arn],
      detail: {},
    });
  } finally {
    vi.useRealTimers();
  }
});

it.each([[{ state: "DISABLED" }], [{ is_enabled: false }]])("does not run a rule with %j", async (disabled) => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
  try {
    const schedule = { name: "often", schedule_expression: "rate(1 minute)" };
    const enabled = await resources.apply(RULE, schedule);
    await target("often", FUNCTION);
    await resources.apply(RULE, { ...schedule, ...disabled }, enabled);
    vi.advanceTimersByTime(300_000);
    expect(targets.invocations).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

it("sends an event to every target of the rules that match it", async () => {
  await rule("orders", onOrders);
  await rule("others", { event_pattern: JSON.stringify({ source: ["stock"] }) });
  await target("orders", QUEUE);
  await target("orders", TOPIC);
  await target("orders", LOG_GROUP);
  await target("others", FUNCTION);
  const { Entries } = await put({ Resources: ["arn:x"] });
  await expect.poll(() => targets.messages.map(({ target }) => target)).toEqual([QUEUE, TOPIC, "/aws/events/all"]);
  expect(JSON.parse(targets.messages[0]?.body ?? "")).toMatchObject({
    id: Entries?.[0]?.EventId,
    source: "shop",
    "detail-type": "order",
    resources: ["arn:x"],
    detail: { id: 7 },
  });
  expect(targets.invocations).toEqual([]);
});

it("sends the event, a constant, a part of the event, or the result of a template", async () => {
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
  await expect.poll(() => targets.messages).toHaveLength(3);
  expect(targets.messages.map(({ body }) => JSON.parse(body))).toEqual([
    { constant: true },
    7,
    { id: 7, text: `a "b" of 7 by orders`, none: null, x: "<y>" },
  ]);
});

it("sends an event that a target rejects to the dead-letter queue with the reason, or reports it", async () => {
  const report = vi.spyOn(console, "error").mockReturnValue();
  allowed = false;
  await rule("orders", onOrders);
  await target("orders", FUNCTION, { dead_letter_config: [{ arn: DEAD_LETTERS }] });
  await target("orders", QUEUE);
  await put();
  await expect.poll(() => report.mock.calls).toHaveLength(1);
  expect(report.mock.calls[0]?.[0]).toContain("does not allow events.amazonaws.com to send");
  report.mockRestore();
  expect(targets.messages).toMatchObject([
    {
      target: DEAD_LETTERS,
      attributes: {
        RULE_ARN: { dataType: "String", stringValue: arn("events", "rule/orders") },
        TARGET_ARN: { stringValue: FUNCTION },
        ERROR_CODE: { stringValue: "ResourceNotFoundException" },
      },
    },
  ]);
});

it("applies the rules of a custom bus to the events of that bus only", async () => {
  await resources.apply(BUS, { name: "shop" });
  const own = await rule("orders", { ...onOrders, event_bus_name: "shop" });
  expect(own).toMatchObject({ id: "shop/orders", arn: arn("events", "rule/shop/orders") });
  await target("orders", QUEUE, { event_bus_name: "shop" });
  await put();
  await put({ EventBusName: arn("events", "event-bus/shop") });
  await expect.poll(() => targets.messages).toHaveLength(1);
  const { Rules } = await client.send(new ListRulesCommand({ EventBusName: "shop" }));
  expect(Rules).toMatchObject([{ Name: "orders", EventBusName: "shop" }]);
});

it("reports an error for each invalid entry", async () => {
  const response = await client.send(
    new PutEventsCommand({
      Entries: [
        { Source: "shop", DetailType: "order", Detail: "{}" },
        { Source: "shop", DetailType: "order", Detail: "{" },
        { Source: "shop", Detail: "{}" },
        { Source: "shop", DetailType: "order", Detail: "{}", EventBusName: "nowhere" },
      ],
    }),
  );
  expect(response.FailedEntryCount).toBe(3);
  expect(response.Entries?.map(({ EventId, ErrorCode }) => ErrorCode ?? typeof EventId)).toEqual([
    "string",
    "MalformedDetail",
    "InvalidArgument",
    "NotFound",
  ]);
});

it("describes rules and targets", async () => {
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

it("does not send to deleted targets or for deleted rules", async () => {
  const orders = await rule("orders", onOrders);
  const queue = await target("orders", QUEUE);
  await resources.delete(TARGET, queue);
  await put();
  await resources.delete(RULE, orders);
  await expect(target("orders", QUEUE)).rejects.toThrow("Rule orders does not exist.");
  expect(await resources.read(RULE, orders)).toBeNull();
  expect(targets.messages).toEqual([]);
});

it("rejects a rule without schedule and pattern, with an invalid one, or on a bus that does not exist", async () => {
  await expect(rule("a", {})).rejects.toThrow("must be specified");
  await expect(rule("a", { schedule_expression: "rate(1 days)" })).rejects.toThrow("rate(1 days)");
  await expect(rule("a", { schedule_expression: "at(2030-01-01T00:00:00)" })).rejects.toThrow("cron(...) or rate(...)");
  await expect(rule("a", { event_pattern: "{" })).rejects.toThrow("not valid");
  await expect(rule("a", { ...onOrders, event_bus_name: "nowhere" })).rejects.toThrow("nowhere does not exist");
});
