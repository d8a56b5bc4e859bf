import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SQS } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sendTraceHeader } from "../../gateway/testing/send-trace-header.ts";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { arn } from "../../runtime/account.ts";
import { systemClock } from "../../runtime/clock.ts";
import { md5 } from "./message.ts";
import { Sqs } from "./sqs.ts";

const ARN = arn("sqs", "work");
const DEAD_ARN = arn("sqs", "dead");

let directory: string;
let served: ServedService;
let sqs: Sqs;
let resources: ManagedResources;
let client: SQS;
let QueueUrl: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "sqs-"));
  sqs = open();
  served = await ServedService.start({
    signingName: "sqs",
    handle: (request, response) => sqs.service.handle(request, response),
  });
  client = new SQS(served.client);
  resources = new ManagedResources(sqs.terraform);
  await resources.apply("aws_sqs_queue", { name: "dead" });
  const redrivePolicy = JSON.stringify({ deadLetterTargetArn: DEAD_ARN, maxReceiveCount: 1 });
  QueueUrl = String((await resources.apply("aws_sqs_queue", { name: "work", redrive_policy: redrivePolicy })).url);
});

afterEach(async () => {
  client.destroy();
  resources.close();
  sqs.close();
  await served.stop();
  rmSync(directory, { recursive: true });
});

function open(): Sqs {
  return new Sqs({ directory, access: openAccess(), clock: systemClock, endpoint: () => served.endpoint });
}

async function count(name = "work"): Promise<string | undefined> {
  const url = QueueUrl.replace(/work$/, name);
  const { Attributes } = await client.getQueueAttributes({ QueueUrl: url, AttributeNames: ["All"] });
  return Attributes?.ApproximateNumberOfMessages;
}

it("sends a message, receives it with its attributes, hides it, and deletes it", async () => {
  const MessageAttributes = {
    text: { DataType: "String", StringValue: "ünï" },
    number: { DataType: "Number", StringValue: "1" },
    bytes: { DataType: "Binary", BinaryValue: Uint8Array.of(1, 2, 255) },
  };
  const sent = await client.sendMessage({ QueueUrl, MessageBody: "hello 🎉", MessageAttributes });
  expect(sent.MD5OfMessageBody).toBe(md5("hello 🎉"));
  expect(sent.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);

  const all = { MessageSystemAttributeNames: ["All" as const], MessageAttributeNames: ["All"] };
  const { Messages = [] } = await client.receiveMessage({ QueueUrl, ...all });
  expect(Messages[0]).toMatchObject({ Body: "hello 🎉", MD5OfMessageAttributes: sent.MD5OfMessageAttributes });
  expect(Messages[0]?.MessageAttributes).toEqual(MessageAttributes);
  expect(Messages[0]?.Attributes).toMatchObject({ ApproximateReceiveCount: "1", SenderId: "test" });
  expect((await client.receiveMessage({ QueueUrl })).Messages).toBeUndefined();

  await client.deleteMessage({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle });

  const { Attributes } = await client.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] });
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: "0", ApproximateNumberOfMessagesNotVisible: "0" });
});

it("passes on the tracing header of the request, or that of the message", async () => {
  const [ofRequest, ofMessage] = [
    "Root=1-67891233-abcdef012345678912345678",
    "Root=1-67891234-abcdef012345678912345678",
  ];
  const AWSTraceHeader = { DataType: "String", StringValue: ofMessage };
  sendTraceHeader(ofRequest);
  await client.sendMessage({ QueueUrl, MessageBody: "1" });
  const sent = await client.sendMessage({ QueueUrl, MessageBody: "2", MessageSystemAttributes: { AWSTraceHeader } });
  expect(sent.MD5OfMessageSystemAttributes).toMatch(/^[0-9a-f]{32}$/);
  const { Messages } = await client.receiveMessage({
    QueueUrl,
    MaxNumberOfMessages: 2,
    MessageSystemAttributeNames: ["AWSTraceHeader"],
  });
  expect(Messages?.map(({ Attributes }) => Attributes)).toEqual([
    { AWSTraceHeader: ofRequest },
    { AWSTraceHeader: ofMessage },
  ]);
  const other = { other: AWSTraceHeader } as never;
  await expect(client.sendMessage({ QueueUrl, MessageBody: "3", MessageSystemAttributes: other })).rejects.toThrow(
    "AWSTraceHeader",
  );
});

it("computes the attribute digest as the developer guide describes", async () => {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html, checked with
  // md5sum:
  // printf '\0\0\0\1a\0\0\0\6String\1\0\0\0\1b' | md5sum
  const MessageAttributes = { a: { DataType: "String", StringValue: "b" } };
  const sent = await client.sendMessage({ QueueUrl, MessageBody: "x", MessageAttributes });
  expect(sent.MD5OfMessageAttributes).toBe("bef8bf215374a0a228d67533b1a488be");
});

it("ends a long poll when a message arrives or the wait time has passed", async () => {
  const waiting = client.receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
  sqs.send(ARN, "late");
  expect((await waiting).Messages?.[0]?.Body).toBe("late");
  expect((await client.receiveMessage({ QueueUrl, WaitTimeSeconds: 1 })).Messages).toBeUndefined();
});

it("has samples of the numbers, the age and the traffic of its messages", async () => {
  const valuesOf = (name: string) => sqs.samples().find(({ dimensions }) => dimensions.QueueName === name)?.values;
  expect(valuesOf("work")).toMatchObject({ ApproximateNumberOfMessagesVisible: 0, ApproximateAgeOfOldestMessage: 0 });
  sqs.send(ARN, "first");
  sqs.send(ARN, "second");
  await client.receiveMessage({ QueueUrl });
  expect(valuesOf("work")).toMatchObject({
    ApproximateNumberOfMessagesVisible: 1,
    ApproximateNumberOfMessagesNotVisible: 1,
    ApproximateAgeOfOldestMessage: expect.any(Number),
    NumberOfMessagesSent: 2,
    NumberOfMessagesReceived: 1,
    NumberOfMessagesDeleted: 0,
  });
  const { Messages } = await client.receiveMessage({ QueueUrl });
  await client.deleteMessage({ QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle });
  expect(valuesOf("work")).toMatchObject({
    NumberOfMessagesSent: 0,
    NumberOfMessagesReceived: 1,
    NumberOfMessagesDeleted: 1,
  });
});

it("moves a message to the dead-letter queue after too many receives, and back with a move task", async () => {
  sqs.send(ARN, "poison");
  const { Messages = [] } = await client.receiveMessage({ QueueUrl });
  await client.changeMessageVisibility({
    QueueUrl,
    ReceiptHandle: Messages[0]?.ReceiptHandle,
    VisibilityTimeout: 0,
  });
  expect((await client.receiveMessage({ QueueUrl })).Messages).toBeUndefined();
  expect(await count("dead")).toBe("1");
  const sources = await client.listDeadLetterSourceQueues({ QueueUrl: QueueUrl.replace("work", "dead") });
  expect(sources.queueUrls).toEqual([QueueUrl]);
  await client.startMessageMoveTask({ SourceArn: DEAD_ARN });
  expect([await count("dead"), await count()]).toEqual(["0", "1"]);
});

it("restores accepted messages and receive counts after a restart", async () => {
  await client.sendMessageBatch({
    QueueUrl,
    Entries: [
      { Id: "a", MessageBody: "one" },
      { Id: "b", MessageBody: "two", DelaySeconds: 900 },
    ],
  });
  const before = await client.receiveMessage({ QueueUrl });
  const abandoned = sqs; // Simulates kill -9: nothing is closed.
  sqs = open();
  await resources.restart(sqs.terraform);
  expect((await client.receiveMessage({ QueueUrl })).Messages).toBeUndefined();
  const { Attributes } = await client.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] });
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessagesNotVisible: "1",
    ApproximateNumberOfMessagesDelayed: "1",
  });
  await client.deleteMessage({ QueueUrl, ReceiptHandle: before.Messages?.[0]?.ReceiptHandle });
  const after = await client.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] });
  expect(after.Attributes?.ApproximateNumberOfMessagesNotVisible).toBe("0");
  abandoned.close();
});

it("handles the entries of a batch separately", async () => {
  const { Successful, Failed } = await client.sendMessageBatch({
    QueueUrl,
    Entries: [
      { Id: "good", MessageBody: "x" },
      { Id: "bad", MessageBody: "\u0000" },
    ],
  });
  expect(Successful?.map(({ Id }) => Id)).toEqual(["good"]);
  expect(Failed).toMatchObject([{ Id: "bad", SenderFault: true, Code: "InvalidMessageContents" }]);
  await expect(client.sendMessageBatch({ QueueUrl, Entries: [] })).rejects.toThrow("at least one entry");
  const { Messages = [] } = await client.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
  const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  expect((await client.deleteMessageBatch({ QueueUrl, Entries })).Successful).toHaveLength(1);
});

it("enforces the size limit to the byte, and rejects unknown queues, handles and actions", async () => {
  await client.sendMessage({ QueueUrl, MessageBody: "x".repeat(262_144) });
  const tooLong = client.sendMessage({ QueueUrl, MessageBody: "x".repeat(262_145) });
  await expect(tooLong).rejects.toMatchObject({ name: "InvalidParameterValue" });
  const elsewhere = QueueUrl.replace("work", "nowhere");
  await expect(client.sendMessage({ QueueUrl: elsewhere, MessageBody: "x" })).rejects.toMatchObject({
    name: "QueueDoesNotExist",
  });
  await expect(client.deleteMessage({ QueueUrl, ReceiptHandle: "junk" })).rejects.toMatchObject({
    name: "ReceiptHandleIsInvalid",
  });
  await expect(client.createQueue({ QueueName: "x" })).rejects.toThrow("does not support sqs CreateQueue");
  expect((await client.listQueues({ QueueNamePrefix: "wo" })).QueueUrls).toEqual([QueueUrl]);
});

it("allows a service to send only when the queue policy does for the source", async () => {
  const policy = JSON.stringify({
    Statement: {
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: ARN,
      Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::files" } },
    },
  });
  expect(sqs.mayReceive(ARN, "s3.amazonaws.com", "arn:aws:s3:::files")).toBe(false);
  const attachment = await resources.apply("aws_sqs_queue_policy", { queue_url: QueueUrl, policy });
  expect(sqs.mayReceive(ARN, "s3.amazonaws.com", "arn:aws:s3:::files")).toBe(true);
  expect(sqs.mayReceive(ARN, "s3.amazonaws.com", "arn:aws:s3:::other")).toBe(false);
  expect(sqs.mayReceive(ARN, "sns.amazonaws.com", "arn:aws:s3:::files")).toBe(false);
  await resources.delete("aws_sqs_queue_policy", attachment);
  expect(sqs.mayReceive(ARN, "s3.amazonaws.com", "arn:aws:s3:::files")).toBe(false);
});

it("returns no messages to a consumer that aborts", async () => {
  const abort = new AbortController();
  const waiting = sqs.receive(ARN, { maximum: 1, waitSeconds: 20, signal: abort.signal });
  abort.abort();
  expect(await waiting).toEqual([]);
});
