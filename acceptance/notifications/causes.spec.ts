import { randomBytes } from "node:crypto";
import { GetQueueUrlCommand, PurgeQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, describe, inject, it, type TestContext } from "vitest";
import { Alarms } from "../support/alarms.ts";
import { clientSettings } from "../support/client-settings.ts";
import { Faults } from "../support/faults.ts";
import { FilesClient } from "../support/files-client.ts";

const target = inject("target");
const alarms = new Alarms(target);
const sqs = new SQSClient(clientSettings(target.awsVariables));
const files = new FilesClient();

/** In milliseconds. Locally, an alarm over 15 minutes starts after half a minute. */
const timeout = 90_000;

afterAll(() => {
  alarms.close();
  sqs.destroy();
});

/** Faults that end with the test. */
function faultsOfTest({ onTestFinished }: TestContext): Faults {
  const faults = new Faults(target);
  onTestFinished(() => faults.endAll());
  return faults;
}

const stateOf = (name: string) => alarms.stateOf(`${target.prefix}-${name}`);
/** @param expected that of the test, because the tests run at the same time. */
const expectState = (name: string, state: string, expected: TestContext["expect"]) =>
  expected.poll(() => stateOf(name), { message: `${name} is ${state}`, timeout }).toBe(state);
const queueUrl = async (name: string) =>
  (await sqs.send(new GetQueueUrlCommand({ QueueName: `${target.prefix}-${name}` }))).QueueUrl;

describe.skipIf(target.kind !== "local")(
  "an alarm starts by its cause, notifies, and ends",
  { timeout: 3 * timeout },
  () => {
    it.concurrent("when PostgreSQL and Valkey are stopped", async (context) => {
      const faults = faultsOfTest(context);
      const gone = `${target.prefix}-database-gone`;
      const before = (await alarms.slackMessages(gone)).length;
      await expectState("database-gone", "OK", context.expect);
      await expectState("cache-gone", "OK", context.expect);
      await faults.begin("database");
      await faults.begin("cache");
      const fail = async () => {
        const { status } = await files.request(`/api/list?prefix=${randomBytes(4).toString("hex")}`);
        context.expect(status).toBe(503);
        return stateOf("api-server-errors");
      };
      await context.expect.poll(fail, { timeout }).toBe("ALARM");
      await expectState("database-gone", "ALARM", context.expect);
      await expectState("cache-gone", "ALARM", context.expect);
      await context.expect
        .poll(async () => (await alarms.slackMessages(gone)).length, { timeout })
        .toBeGreaterThan(before);
      await faults.endAll();
      for (const name of ["database-gone", "cache-gone", "api-server-errors"])
        await expectState(name, "OK", context.expect);
    });

    it.concurrent("when an event is invalid", async (context) => {
      const MessageBody = '{"Records": [{"eventName": "ObjectCreated:Put", "invalid": true}]}';
      await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl("storage-events"), MessageBody }));
      await expectState("dead-letters", "ALARM", context.expect);
      await sqs.send(new PurgeQueueCommand({ QueueUrl: await queueUrl("storage-events-dead") }));
      await expectState("dead-letters", "OK", context.expect);
    });

    it.concurrent("when the upstream of Shout is slow", async (context) => {
      const faults = faultsOfTest(context);
      await faults.begin("shoutcloud-slow");
      const shout = async () => {
        await fetch(String(target.shoutUrl), { method: "POST", body: '{"data":"hello"}' });
        return stateOf("shout-slow");
      };
      await context.expect.poll(shout, { timeout }).toBe("ALARM");
      await faults.end("shoutcloud-slow");
      await expectState("shout-slow", "OK", context.expect);
    });
  },
);
