import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { TargetDelivery } from "../../delivery/target-delivery.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { arn } from "../../runtime/account.ts";
import { systemClock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { RecordingTargets } from "../events/testing/recording-targets.ts";
import { Scheduler } from "./scheduler.ts";

const FUNCTION = arn("lambda", "function:work");
const QUEUE = arn("sqs", "queue");
const DEAD_LETTERS = arn("sqs", "dead-letters");
const ARN = arn("scheduler", "schedule/default/nightly");
const SCHEDULE = "aws_scheduler_schedule";
const MINUTE = 60_000;

let scheduler: Scheduler;
let resources: ManagedResources;
let targets: RecordingTargets;
let allowedActions: readonly string[];

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-21T10:00:00Z") });
  targets = new RecordingTargets();
  allowedActions = ["lambda:InvokeFunction", "sqs:SendMessage"];
  scheduler = new Scheduler({
    clock: systemClock,
    authorize: (caller, action) => {
      if (caller.kind === "role" && caller.roleName === "scheduler" && allowedActions.includes(action)) return;
      throw new AwsError("AccessDenied", `${caller.arn} is not authorized to perform: ${action}`, 403);
    },
    delivery: new TargetDelivery(targets),
  });
  resources = new ManagedResources(scheduler.terraform);
});

afterEach(() => {
  scheduler.stop();
  resources.close();
  vi.useRealTimers();
});

function schedule(expression: string, target: Attributes = {}, changes: Attributes = {}): Attributes {
  return {
    name: "nightly",
    schedule_expression: expression,
    flexible_time_window: [{ mode: "OFF" }],
    target: [{ arn: FUNCTION, role_arn: arn("iam", "role/scheduler", "global"), ...target }],
    ...changes,
  };
}

function create(expression: string, target?: Attributes, changes?: Attributes): Promise<Attributes> {
  return resources.apply(SCHEDULE, schedule(expression, target, changes));
}

it("invokes a function with the default event, with the permissions of the role only", async () => {
  expect(await create("rate(5 minutes)")).toMatchObject({ arn: ARN, id: "default/nightly", group_name: "default" });
  vi.advanceTimersByTime(5 * MINUTE);
  expect(targets.invocations).toMatchObject([{ functionName: FUNCTION, type: "Event", source: { kind: "caller" } }]);
  expect(JSON.parse(targets.invocations[0]?.payload ?? "")).toMatchObject({
    source: "aws.scheduler",
    time: "2026-11-21T10:05:00Z",
    resources: [ARN],
  });
});

it("invokes an at() schedule once, in its time zone, with its own input", async () => {
  const input = `{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}`;
  await create("at(2026-11-21T11:30:00)", { arn: QUEUE, input }, { schedule_expression_timezone: "Europe/Berlin" });
  vi.advanceTimersByTime(60 * MINUTE);
  expect(targets.messages.map(({ target, body }) => [target, JSON.parse(body)])).toEqual([
    [QUEUE, { at: "2026-11-21T10:30:00Z", by: ARN }],
  ]);
});

it("invokes only between the start date and the end date", async () => {
  const dates = { start_date: "2026-11-21T10:10:00Z", end_date: "2026-11-21T10:20:00Z" };
  await create("rate(5 minutes)", {}, dates);
  vi.advanceTimersByTime(60 * MINUTE);
  expect(targets.invocations.map(({ payload }) => (JSON.parse(payload) as { time: string }).time)).toEqual([
    "2026-11-21T10:10:00Z",
    "2026-11-21T10:15:00Z",
    "2026-11-21T10:20:00Z",
  ]);
});

it("sends what the role may not deliver to the dead-letter queue", async () => {
  allowedActions = ["sqs:SendMessage"];
  await create("rate(5 minutes)", { dead_letter_config: [{ arn: DEAD_LETTERS }] });
  await vi.advanceTimersByTimeAsync(5 * MINUTE);
  expect(targets.invocations).toEqual([]);
  expect(targets.messages).toMatchObject([
    {
      target: DEAD_LETTERS,
      attributes: { SCHEDULE_ARN: { stringValue: ARN }, ERROR_CODE: { stringValue: "AccessDenied" } },
    },
  ]);
});

it("does not invoke disabled and deleted schedules", async () => {
  const enabled = await create("rate(5 minutes)");
  const disabled = await resources.apply(SCHEDULE, schedule("rate(5 minutes)", {}, { state: "DISABLED" }), enabled);
  vi.advanceTimersByTime(10 * MINUTE);
  const enabledAgain = await resources.apply(SCHEDULE, schedule("rate(5 minutes)"), disabled);
  await resources.delete(SCHEDULE, enabledAgain);
  vi.advanceTimersByTime(10 * MINUTE);
  expect(targets.invocations).toEqual([]);
  expect(await resources.read(SCHEDULE, enabledAgain)).toBeNull();
});

it("creates a schedule in a group of its own, which must exist", async () => {
  await expect(create("rate(1 hour)", {}, { group_name: "jobs" })).rejects.toThrow("jobs does not exist");
  const group = await resources.apply("aws_scheduler_schedule_group", { name: "jobs" });
  expect(group).toMatchObject({ state: "ACTIVE", creation_date: "2026-11-21T10:00:00.000Z" });
  expect(await create("rate(1 hour)", {}, { group_name: "jobs" })).toMatchObject({ id: "jobs/nightly" });
});

it("rejects an invalid expression", async () => {
  await expect(create("hourly")).rejects.toThrow("Invalid schedule expression hourly");
});
