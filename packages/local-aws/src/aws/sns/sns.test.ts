import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
} from "@aws-sdk/client-sns";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sendTraceHeader } from "../../gateway/testing/send-trace-header.ts";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { arn } from "../../runtime/account.ts";
import type { Invocation } from "../lambda/invoker.ts";
import type { MessageAttributes } from "../sqs/consumer.ts";
import { SentMessages } from "./sent-messages.ts";
import { Sns } from "./sns.ts";

const QUEUE = arn("sqs", "queue");
const DEAD_LETTERS = arn("sqs", "dead-letters");
const DENYING_QUEUE = arn("sqs", "denying");
const FUNCTION = arn("lambda", "function:notify");
const TOPIC = arn("sns", "alarms");

let directory: string;
let sns: Sns;
let resources: ManagedResources;
let served: ServedService;
let client: SNSClient;
let sent: { queueArn: string; body: string; attributes: MessageAttributes | undefined; traceHeader?: string }[];
let invoked: Invocation[];

beforeEach(async () => {
  sent = [];
  invoked = [];
  directory = mkdtempSync(join(tmpdir(), "sns-"));
  sns = new Sns({
    directory,
    access: openAccess(),
    clock: { now: () => Date.parse("2026-11-21T10:00:00Z") },
    lambda: {
      invoke: async (invocation) => {
        invoked.push(invocation);
        return { payload: "", executedVersion: "1", logTail: "" };
      },
    },
    queues: {
      send: (queueArn, body, attributes, traceHeader) =>
        void sent.push({ queueArn, body, attributes, ...(traceHeader !== undefined && { traceHeader }) }),
      mayReceive: (queueArn, principal, sourceArn) =>
        queueArn !== DENYING_QUEUE && principal === "sns.amazonaws.com" && sourceArn === TOPIC,
    },
  });
  served = await ServedService.start(sns.service);
  client = new SNSClient(served.client);
  resources = new ManagedResources(sns.terraform);
  await resources.apply("aws_sns_topic", { name: "alarms", display_name: "Alarms", tags: { team: "one" } });
});

afterEach(async () => {
  client.destroy();
  resources.close();
  await served.stop();
  sns.close();
  rmSync(directory, { recursive: true });
});

function subscribe(protocol: string, endpoint: string, more: Attributes = {}): Promise<Attributes> {
  return resources.apply("aws_sns_topic_subscription", { topic_arn: TOPIC, protocol, endpoint, ...more });
}

function publish(input: Partial<PublishCommandInput> = {}) {
  return client.send(new PublishCommand({ TopicArn: TOPIC, Message: "disk full", ...input }));
}

it("sends a queue the notification with subject and attributes", async () => {
  await subscribe("sqs", QUEUE);
  const { MessageId } = await publish({
    Subject: "Alarm",
    MessageAttributes: { level: { DataType: "String", StringValue: "high" } },
  });
  expect(sent).toHaveLength(1);
  expect(JSON.parse(sent[0]?.body ?? "")).toMatchObject({
    Type: "Notification",
    MessageId,
    TopicArn: TOPIC,
    Subject: "Alarm",
    Message: "disk full",
    Timestamp: "2026-11-21T10:00:00.000Z",
    MessageAttributes: { level: { Type: "String", Value: "high" } },
  });
});

it("sends the message itself and its attributes with raw delivery", async () => {
  await subscribe("sqs", QUEUE, { raw_message_delivery: true });
  await publish({ MessageAttributes: { level: { DataType: "Number", StringValue: "3" } } });
  expect(sent).toEqual([
    { queueArn: QUEUE, body: "disk full", attributes: { level: { dataType: "Number", stringValue: "3" } } },
  ]);
});

it("invokes a function with an event record, on behalf of the topic", async () => {
  const { arn: subscriptionArn } = await subscribe("lambda", FUNCTION);
  await publish();
  expect(invoked).toMatchObject([
    {
      functionName: FUNCTION,
      type: "Event",
      source: { kind: "service", principal: "sns.amazonaws.com", sourceArn: TOPIC },
    },
  ]);
  expect(JSON.parse(invoked[0]?.payload ?? "")).toMatchObject({
    Records: [
      {
        EventSource: "aws:sns",
        EventSubscriptionArn: subscriptionArn,
        Sns: { Message: "disk full", MessageAttributes: {} },
      },
    ],
  });
});

it("passes on the tracing header of the request", async () => {
  await subscribe("lambda", FUNCTION);
  await subscribe("sqs", QUEUE);
  const header = "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1";
  sendTraceHeader(header);
  await publish();
  await client.send(
    new PublishBatchCommand({ TopicArn: TOPIC, PublishBatchRequestEntries: [{ Id: "1", Message: "disk full" }] }),
  );
  expect(invoked.map(({ traceHeader }) => traceHeader)).toEqual([header, header]);
  expect(sent.map(({ traceHeader }) => traceHeader)).toEqual([header, header]);
});

it("sends each protocol its own text", async () => {
  await subscribe("sqs", QUEUE, { raw_message_delivery: true });
  await publish({ MessageStructure: "json", Message: JSON.stringify({ default: "all", sqs: "for queues" }) });
  expect(sent[0]?.body).toBe("for queues");
  await expect(publish({ MessageStructure: "json", Message: "{}" })).rejects.toThrow("No default entry");
});

it("filters by message attributes or by the message body", async () => {
  await subscribe("sqs", QUEUE, { filter_policy: JSON.stringify({ level: ["high"], size: [{ numeric: [">", 5] }] }) });
  await subscribe("sqs", DEAD_LETTERS, {
    filter_policy: JSON.stringify({ state: ["ALARM"] }),
    filter_policy_scope: "MessageBody",
  });
  const level = { DataType: "String.Array", StringValue: `["low","high"]` };
  await publish({ MessageAttributes: { level, size: { DataType: "Number", StringValue: "7" } } });
  await publish({ MessageAttributes: { level, size: { DataType: "Number", StringValue: "5" } } });
  await publish({ Message: `{"state":"ALARM"}` });
  await publish({ Message: `{"state":"OK"}` });
  expect(sent.map(({ queueArn }) => queueArn)).toEqual([QUEUE, DEAD_LETTERS]);
});

it("delivers nothing to a pending email subscription", async () => {
  const subscription = await subscribe("email", "me@example.com");
  expect(subscription).toMatchObject({ pending_confirmation: true, confirmation_was_authenticated: false });
  await publish();
  expect([...sent, ...invoked]).toEqual([]);
  const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }));
  expect(Subscriptions).toMatchObject([
    { SubscriptionArn: "PendingConfirmation", Protocol: "email", Endpoint: "me@example.com", TopicArn: TOPIC },
  ]);
});

it("sends a message that the queue policy denies to the dead-letter queue, or logs it", async () => {
  const logError = vi.spyOn(console, "error").mockReturnValue();
  await subscribe("sqs", DENYING_QUEUE, { redrive_policy: JSON.stringify({ deadLetterTargetArn: DEAD_LETTERS }) });
  await subscribe("sqs", DENYING_QUEUE);
  await publish();
  expect(sent.map(({ queueArn }) => queueArn)).toEqual([DEAD_LETTERS]);
  expect(logError).toHaveBeenCalledOnce();
  logError.mockRestore();
});

it("reports which messages of a batch were accepted", async () => {
  await subscribe("sqs", QUEUE, { raw_message_delivery: true });
  const response = await client.send(
    new PublishBatchCommand({
      TopicArn: TOPIC,
      PublishBatchRequestEntries: [
        { Id: "a", Message: "one" },
        { Id: "b", Message: "x".repeat(262_145) },
        { Id: "c", Message: "three" },
      ],
    }),
  );
  expect(response.Successful?.map(({ Id }) => Id)).toEqual(["a", "c"]);
  expect(response.Failed).toMatchObject([{ Id: "b", Code: "InvalidParameter", SenderFault: true }]);
  expect(sent.map(({ body }) => body)).toEqual(["one", "three"]);
});

it("describes topics and subscriptions", async () => {
  const { arn: subscriptionArn } = await subscribe("lambda", FUNCTION);
  expect((await client.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: TOPIC }]);
  const topic = await client.send(new GetTopicAttributesCommand({ TopicArn: TOPIC }));
  expect(topic.Attributes).toMatchObject({ DisplayName: "Alarms", SubscriptionsConfirmed: "1" });
  const subscription = await client.send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn: String(subscriptionArn) }),
  );
  expect(subscription.Attributes).toMatchObject({ Endpoint: FUNCTION, PendingConfirmation: "false" });
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: TOPIC }));
  expect(Tags).toEqual([{ Key: "team", Value: "one" }]);
});

it("rejects unknown topics and invalid messages with the error codes of AWS", async () => {
  await expect(publish({ TopicArn: `${TOPIC}x` })).rejects.toMatchObject({ name: "NotFoundException" });
  await expect(publish({ Message: "" })).rejects.toMatchObject({ name: "InvalidParameterException" });
  await expect(publish({ Subject: "two\nlines" })).rejects.toMatchObject({ name: "InvalidParameterException" });
});

it("allows a service to publish only while the topic policy does", async () => {
  const rule = arn("events", "rule/daily");
  expect(sns.mayPublish(TOPIC, "events.amazonaws.com", rule)).toBe(false);
  const policy = await resources.apply("aws_sns_topic_policy", {
    arn: TOPIC,
    policy: JSON.stringify({
      Statement: {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: TOPIC,
      },
    }),
  });
  expect(sns.mayPublish(TOPIC, "events.amazonaws.com", rule)).toBe(true);
  await resources.delete("aws_sns_topic_policy", policy);
  expect(sns.mayPublish(TOPIC, "events.amazonaws.com", rule)).toBe(false);
});

it("delivers nothing to a deleted subscription", async () => {
  const subscription = await subscribe("sqs", QUEUE);
  await resources.delete("aws_sns_topic_subscription", subscription);
  await publish();
  expect(sent).toEqual([]);
  expect(await resources.read("aws_sns_topic_subscription", subscription)).toBeNull();
});

it("rejects a FIFO topic, an unknown topic and an invalid filter policy", async () => {
  await expect(resources.apply("aws_sns_topic", { name: "a.fifo", fifo_topic: true })).rejects.toThrow("FIFO");
  await expect(subscribe("sqs", QUEUE, { topic_arn: `${TOPIC}x` })).rejects.toThrow("Topic does not exist");
  await expect(subscribe("sqs", QUEUE, { filter_policy: `{"a":"b"}` })).rejects.toThrow("Event pattern is not valid");
});

it("keeps the most recent messages with the outcome of each delivery, also across restarts", async () => {
  await subscribe("email", "team@example.com");
  await subscribe("sqs", QUEUE, { filter_policy: JSON.stringify({ level: ["high"] }) });
  await subscribe("sqs", DENYING_QUEUE);
  await subscribe("lambda", FUNCTION);
  const logged = vi.spyOn(console, "error").mockReturnValue();
  const { MessageId } = await publish({ Subject: "Disk" });
  logged.mockRestore();
  const reopened = new SentMessages(join(directory, "sent.jsonl"));
  const [sent, ...others] = reopened.all();
  reopened.close();
  expect(others).toEqual([]);
  expect(sent?.message).toMatchObject({ messageId: MessageId, message: "disk full", subject: "Disk" });
  expect(sent?.deliveries).toMatchObject([
    { protocol: "email", endpoint: "team@example.com", outcome: "unconfirmed" },
    { protocol: "sqs", endpoint: QUEUE, outcome: "filtered" },
    { protocol: "sqs", endpoint: DENYING_QUEUE, outcome: "failed", reason: expect.stringContaining("policy") },
    { protocol: "lambda", endpoint: FUNCTION, outcome: "delivered" },
  ]);
});
