import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { Alarms } from "../support/alarms.ts";
import { clientSettings } from "../support/client-settings.ts";
import { Faults } from "../support/faults.ts";
import { target } from "../support/target.ts";

const faults = new Faults(target);
const alarms = new Alarms(target);
const sqs = new SQSClient(clientSettings(target.awsVariables));
const lambda = new LambdaClient(clientSettings(target.awsVariables));

/** In milliseconds: a cold start, and up to 25 seconds until a digest. */
const timeout = 30_000;
const digestTimeout = 60_000;
const critical = `${target.prefix}-shout-balancer-errors`;
const warning = `${target.prefix}-adder-slow`;

const quiet = () => expect.poll(() => alarms.sinceLastWindow(), { timeout: digestTimeout }).toBeGreaterThan(30_000);

afterEach(async () => {
  await faults.endAll();
  await alarms.endAll();
});
afterAll(() => {
  alarms.close();
  sqs.destroy();
  lambda.destroy();
});

const queueUrl = async (name: string) =>
  (await sqs.send(new GetQueueUrlCommand({ QueueName: `${target.prefix}-${name}` }))).QueueUrl ?? "";

async function deadLetters(): Promise<number> {
  const QueueUrl = await queueUrl("notifications-dead");
  const AttributeNames = ["ApproximateNumberOfMessages" as const];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return Number(Attributes?.ApproximateNumberOfMessages);
}

async function redrive(): Promise<void> {
  const QueueUrl = await queueUrl("notifications-dead");
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: Attributes?.QueueArn }));
}

describe.skipIf(target.kind !== "local")("an alarm", () => {
  it("reaches Slack and PagerDuty when it starts, and is resolved when it ends", {
    timeout: 2 * digestTimeout,
  }, async () => {
    await quiet();
    const before = (await alarms.slackMessages(critical)).length;
    await alarms.start(critical);
    await expect.poll(() => alarms.alert(critical), { timeout }).toMatchObject({ status: "triggered", triggers: 1 });
    await expect.poll(() => alarms.slackMessages(critical), { timeout }).toHaveLength(before + 1);
    const [message] = await alarms.slackMessages(critical);
    expect(message).toMatch(/🔴 Alarm.*its response was invalid.*critical.*LoadBalancer.*\|Graph>/s);
    await alarms.end(critical);
    await expect.poll(() => alarms.alert(critical), { timeout }).toMatchObject({ status: "resolved" });
    await expect.poll(() => alarms.slackMessages(critical), { timeout }).toHaveLength(before + 2);
  });

  it("that is a warning reaches Slack only", { timeout: 2 * timeout }, async () => {
    const before = (await alarms.slackMessages(warning)).length;
    await alarms.start(warning);
    await alarms.end(warning);
    await expect.poll(() => alarms.slackMessages(warning), { timeout }).not.toHaveLength(before);
    expect(await alarms.alert(warning)).toBeUndefined();
  });

  it("starts with the error of a function, with its value and threshold", { timeout: 2 * timeout }, async () => {
    const name = `${target.prefix}-notifier-errors`;
    const before = (await alarms.slackMessages(name)).length;
    await lambda.send(new InvokeCommand({ FunctionName: `${target.prefix}-notifier`, Payload: "{}" }));
    await expect.poll(async () => (await alarms.slackMessages(name)).length, { timeout }).toBeGreaterThan(before);
    expect((await alarms.slackMessages(name))[0]).toMatch(/\*Value\*\\n1".*&gt; 0 in 5 min/s);
  });

  it("is delivered after Slack was unreachable, and to PagerDuty meanwhile", { timeout: 2 * timeout }, async () => {
    await faults.begin("slack-down");
    const before = (await alarms.alert(critical))?.triggers ?? 0;
    await alarms.start(critical);
    await expect.poll(() => alarms.alert(critical), { timeout }).toMatchObject({ status: "triggered" });
    await faults.end("slack-down");
    await expect.poll(async () => (await alarms.slackMessages(critical))[0], { timeout }).toContain("Alarm");
    // The retry for Slack did not trigger it again.
    expect((await alarms.alert(critical))?.triggers).toBe(Math.max(1, before));
    await alarms.end(critical);
    await expect.poll(async () => (await alarms.slackMessages(critical))[0], { timeout }).toContain("Cleared");
  });

  it("waits in the dead-letter queue when Slack rejects it, and is sent from there", {
    timeout: 4 * timeout,
  }, async () => {
    await sqs.send(new PurgeQueueCommand({ QueueUrl: await queueUrl("notifications-dead") }));
    await faults.begin("slack-archived");
    const before = (await alarms.slackMessages(warning)).length;
    await alarms.start(warning);
    await expect.poll(deadLetters, { timeout: 2 * timeout }).toBe(1);
    expect(await alarms.slackMessages(warning)).toHaveLength(before);
    await faults.end("slack-archived");
    await redrive();
    await expect.poll(() => alarms.slackMessages(warning), { timeout }).toHaveLength(before + 1);
    expect(await deadLetters()).toBe(0);
  });
});

describe.skipIf(target.kind !== "local")("many alarms", () => {
  it("within a minute are ten messages at most and a digest, and an alert each", {
    timeout: digestTimeout * 2,
  }, async () => {
    await quiet();
    const names = (await alarms.onRequests()).slice(0, 12);
    expect(names).toHaveLength(12);
    const { slack: before } = await alarms.received();
    for (const name of names) await alarms.start(name);
    const added = async () => {
      const { slack } = await alarms.received();
      return slack.slice(0, slack.length - before.length).map((message) => JSON.stringify(message));
    };
    const mentions = async (name: string) =>
      (await added()).filter((text) => text.includes(`Alarm: ${name}"`) || text.includes(`🔴 *${name}*`)).length;
    for (const name of names) await expect.poll(() => mentions(name), { timeout: digestTimeout }).toBe(1);
    expect((await added()).filter((text) => text.includes("more alarms changed")).length).toBeGreaterThan(0);
    expect((await added()).length).toBeLessThanOrEqual(12);
  });
});

describe.skipIf(target.kind !== "local")("a message that is not of an alarm", () => {
  it("goes to the dead-letter queue and delays no other", { timeout: 2 * timeout }, async () => {
    const before = await deadLetters();
    await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl("notifications"), MessageBody: "hello" }));
    await expect.poll(deadLetters, { timeout }).toBe(before + 1);
    await sqs.send(new PurgeQueueCommand({ QueueUrl: await queueUrl("notifications-dead") }));
  });
});
