import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Attributes } from "../../provider/resource.ts";
import { UNKNOWN } from "../../provider/unknown.ts";
import { systemClock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { TargetDelivery } from "../events/target-delivery.ts";
import type { Invocation } from "../lambda/invoker.ts";
import type { MessageAttributes } from "../sqs/consumer.ts";
import { Scheduler } from "./scheduler.ts";

const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:work";
const QUEUE = "arn:aws:sqs:us-east-1:000000000000:queue";
const DEAD_LETTERS = "arn:aws:sqs:us-east-1:000000000000:dead-letters";
const ARN = "arn:aws:scheduler:us-east-1:000000000000:schedule/default/nightly";
const MINUTE = 60_000;

let scheduler: Scheduler;
let invoked: Invocation[];
let sent: { queueArn: string; body: string; attributes: MessageAttributes | undefined }[];
let allowed: readonly string[];

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-21T10:00:00Z") });
  invoked = [];
  sent = [];
  allowed = ["lambda:InvokeFunction", "sqs:SendMessage"];
  scheduler = new Scheduler({
    clock: systemClock,
    authorize: (caller, action) => {
      if (caller.kind === "role" && caller.roleName === "scheduler" && allowed.includes(action)) return;
      throw new AwsError("AccessDenied", `${caller.arn} is not authorized to perform: ${action}`, 403);
    },
    delivery: new TargetDelivery({
      lambda: {
        invoke: async (invocation) => {
          invoked.push(invocation);
          return { payload: "", executedVersion: "1", logTail: "" };
        },
      },
      queues: {
        send: (queueArn, body, attributes) => void sent.push({ queueArn, body, attributes }),
        mayReceive: () => false,
      },
      topics: { publish: async () => "id", mayPublish: () => false },
      logs: { write: () => {} },
    }),
  });
});

afterEach(() => {
  scheduler.stop();
  vi.useRealTimers();
});

function handler(type: string) {
  const found = scheduler.terraform.resources?.find((candidate) => candidate.type === type);
  if (!found) throw new Error(`no handler for ${type}`);
  return found;
}

async function apply(type: string, planned: Attributes): Promise<Attributes> {
  const context = { account: "000000000000", region: "us-east-1", config: planned };
  const created = { ...planned, ...(await handler(type).create?.(planned, context)) };
  await handler(type).start?.(created);
  return created;
}

function schedule(expression: string, target: Attributes = {}, more: Attributes = {}): Promise<Attributes> {
  return apply("aws_scheduler_schedule", {
    name: "nightly",
    group_name: UNKNOWN,
    schedule_expression: expression,
    schedule_expression_timezone: "UTC",
    state: "ENABLED",
    target: [{ arn: FUNCTION, role_arn: "arn:aws:iam::000000000000:role/scheduler", ...target }],
    ...more,
  });
}

test("a function is invoked with the schedule's event, by right of the role alone", async () => {
  expect(await schedule("rate(5 minutes)")).toMatchObject({ arn: ARN, id: "default/nightly", group_name: "default" });
  vi.advanceTimersByTime(5 * MINUTE);
  expect(invoked).toMatchObject([{ functionName: FUNCTION, type: "Event", source: { kind: "caller" } }]);
  expect(JSON.parse(invoked[0]?.payload ?? "")).toMatchObject({
    source: "aws.scheduler",
    time: "2026-11-21T10:05:00Z",
    resources: [ARN],
  });
});

test("at happens once, in its time zone, with its own input", async () => {
  const input = `{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}`;
  await schedule("at(2026-11-21T11:30:00)", { arn: QUEUE, input }, { schedule_expression_timezone: "Europe/Berlin" });
  vi.advanceTimersByTime(60 * MINUTE);
  expect(sent.map(({ queueArn, body }) => [queueArn, JSON.parse(body)])).toEqual([
    [QUEUE, { at: "2026-11-21T10:30:00Z", by: ARN }],
  ]);
});

test("only times between start and end date count", async () => {
  const dates = { start_date: "2026-11-21T10:10:00Z", end_date: "2026-11-21T10:20:00Z" };
  await schedule("rate(5 minutes)", {}, dates);
  vi.advanceTimersByTime(60 * MINUTE);
  expect(invoked.map(({ payload }) => (JSON.parse(payload) as { time: string }).time)).toEqual([
    "2026-11-21T10:10:00Z",
    "2026-11-21T10:15:00Z",
    "2026-11-21T10:20:00Z",
  ]);
});

test("what the role may not send goes to the dead-letter queue", async () => {
  allowed = ["sqs:SendMessage"];
  await schedule("rate(5 minutes)", { dead_letter_config: [{ arn: DEAD_LETTERS }] });
  await vi.advanceTimersByTimeAsync(5 * MINUTE);
  expect(invoked).toEqual([]);
  expect(sent).toMatchObject([
    {
      queueArn: DEAD_LETTERS,
      attributes: { SCHEDULE_ARN: { stringValue: ARN }, ERROR_CODE: { stringValue: "AccessDenied" } },
    },
  ]);
});

test("a disabled and a deleted schedule do nothing", async () => {
  const enabled = await schedule("rate(5 minutes)");
  await handler("aws_scheduler_schedule").start?.({ ...enabled, state: "DISABLED" });
  vi.advanceTimersByTime(10 * MINUTE);
  await handler("aws_scheduler_schedule").start?.(enabled);
  await handler("aws_scheduler_schedule").delete?.(enabled);
  vi.advanceTimersByTime(10 * MINUTE);
  expect(invoked).toEqual([]);
  expect(handler("aws_scheduler_schedule").read?.(enabled)).toBeNull();
});

test("a schedule may be in a group of one's own, which must exist", async () => {
  await expect(schedule("rate(1 hour)", {}, { group_name: "jobs" })).rejects.toThrow("jobs does not exist");
  const group = await apply("aws_scheduler_schedule_group", { name: "jobs" });
  expect(group).toMatchObject({ state: "ACTIVE", creation_date: "2026-11-21T10:00:00.000Z" });
  expect(await schedule("rate(1 hour)", {}, { group_name: "jobs" })).toMatchObject({ id: "jobs/nightly" });
});

test("a wrong expression is refused", async () => {
  await expect(schedule("hourly")).rejects.toThrow("Invalid schedule expression hourly");
});
