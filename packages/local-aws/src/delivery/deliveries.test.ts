import { expect, it, vi } from "vitest";
import { arn } from "../runtime/account.ts";
import { deliveries } from "./deliveries.ts";
import { TargetDelivery } from "./target-delivery.ts";

const QUEUE = arn("sqs", "work");
const TOPIC = arn("sns", "news");
const FUNCTION = arn("lambda", "function:app");
const ALARM = arn("cloudwatch", "alarm:errors");
const EVENT = { Bucket: "files" };
const TRACE_HEADER = "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1";
const NOTIFICATION = {
  event: { source: "aws.cloudwatch" },
  message: { AlarmName: "errors" },
  subject: "ALARM: errors",
};

function targets(allowed: boolean) {
  const services = {
    lambda: { invoke: vi.fn(async () => {}) },
    queues: { send: vi.fn(), mayReceive: vi.fn(() => allowed) },
    topics: { publish: vi.fn(async () => "id"), mayPublish: vi.fn(() => allowed) },
    logs: { write: vi.fn() },
  };
  return { ...services, deliver: deliveries(new TargetDelivery(services)) };
}

it("delivers the events of a bucket with the bucket as the source", async () => {
  const { deliver, queues, topics, lambda } = targets(true);
  for (const target of [QUEUE, TOPIC, FUNCTION]) await deliver.s3Event(target, EVENT, TRACE_HEADER);
  expect(queues.mayReceive).toHaveBeenCalledWith(QUEUE, "s3.amazonaws.com", "arn:aws:s3:::files");
  expect(queues.send).toHaveBeenCalledWith(QUEUE, JSON.stringify(EVENT), {}, TRACE_HEADER);
  expect(topics.publish).toHaveBeenCalledWith(TOPIC, JSON.stringify(EVENT), undefined, TRACE_HEADER);
  expect(lambda.invoke).toHaveBeenCalledWith(
    expect.objectContaining({ functionName: FUNCTION, type: "Event", traceHeader: TRACE_HEADER }),
  );
});

it("rejects an event when the target does not allow S3, or is of another service", async () => {
  const { deliver } = targets(false);
  await expect(deliver.s3Event(QUEUE, EVENT)).rejects.toThrow("does not allow s3.amazonaws.com to send");
  await expect(deliver.s3Event(arn("logs", "log-group:app"), EVENT)).rejects.toThrow("does not deliver to");
});

it("delivers the message of an alarm to a topic, and its event to a function", async () => {
  const { deliver, topics, lambda } = targets(true);
  await deliver.alarm(TOPIC, ALARM, NOTIFICATION);
  await deliver.alarm(FUNCTION, ALARM, NOTIFICATION);
  expect(topics.publish).toHaveBeenCalledWith(
    TOPIC,
    JSON.stringify(NOTIFICATION.message),
    NOTIFICATION.subject,
    undefined,
  );
  expect(lambda.invoke).toHaveBeenCalledWith(
    expect.objectContaining({ payload: JSON.stringify(NOTIFICATION.event), type: "Event" }),
  );
});

it("drops the notification of an alarm when the topic does not allow it", async () => {
  const { deliver, topics } = targets(false);
  await deliver.alarm(TOPIC, ALARM, NOTIFICATION);
  expect(topics.mayPublish).toHaveBeenCalledWith(TOPIC, "cloudwatch.amazonaws.com", ALARM);
  expect(topics.publish).not.toHaveBeenCalled();
  await expect(deliver.alarm(QUEUE, ALARM, NOTIFICATION)).rejects.toThrow("does not deliver to");
});

it("delivers a dead letter with its attributes, whatever the policy of the queue", async () => {
  const { deliver, queues } = targets(false);
  await deliver.message(QUEUE, "{}", { ErrorCode: "200" });
  const attributes = { ErrorCode: { dataType: "String", stringValue: "200" } };
  expect(queues.send).toHaveBeenCalledWith(QUEUE, "{}", attributes, undefined);
});
