import { randomBytes } from "node:crypto";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetQueueUrlCommand, PurgeQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, describe, it, type TestContext } from "vitest";
import { Alarms } from "../support/alarms.ts";
import { CanaryClient } from "../support/canary.ts";
import { clientSettings } from "../support/client-settings.ts";
import { Faults } from "../support/faults.ts";
import { FilesClient } from "../support/files-client.ts";
import { target } from "../support/target.ts";

const alarms = new Alarms(target);
const sqs = new SQSClient(clientSettings(target.awsVariables));
const lambda = new LambdaClient(clientSettings(target.awsVariables));
const files = new FilesClient();

/** In milliseconds. Locally, an alarm over 15 minutes starts after half a minute. */
const timeout = 90_000;

afterAll(() => {
  alarms.close();
  sqs.destroy();
  lambda.destroy();
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

/** Waits until Slack has more messages about an alarm than before. */
async function expectMessage(name: string, before: number, expected: TestContext["expect"]): Promise<void> {
  await expected
    .poll(() => messagesAbout(name), { message: `a message about ${name}`, timeout })
    .toBeGreaterThan(before);
}

const messagesAbout = async (name: string): Promise<number> =>
  (await alarms.slackMessages(`${target.prefix}-${name}`)).length;

describe.skipIf(target.kind !== "local")(
  "an alarm starts by its cause, notifies, and ends",
  { timeout: 3 * timeout },
  () => {
    it.concurrent("when PostgreSQL and Valkey are stopped, whose effects notify nobody", async (context) => {
      const { expect } = context;
      const faults = faultsOfTest(context);
      const names = ["database-gone", "cache-gone", "api-server-errors", "files-availability-fast"] as const;
      const before = Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await messagesAbout(name)])),
      );
      for (const name of names) await expectState(name, "OK", expect);
      await faults.begin("database");
      await faults.begin("cache");
      const fail = async () => {
        const { status } = await files.request(`/api/list?prefix=${randomBytes(4).toString("hex")}`);
        expect(status).toBe(503);
        return Promise.all([stateOf("api-server-errors"), stateOf("files-availability-fast")]);
      };
      await expect.poll(fail, { timeout }).toEqual(["ALARM", "ALARM"]);
      for (const name of ["database-gone", "cache-gone"] as const) {
        await expectState(name, "ALARM", expect);
        await expectMessage(name, before[name] ?? 0, expect);
      }
      await faults.endAll();
      for (const name of names) await expectState(name, "OK", expect);
      for (const name of ["api-server-errors", "files-availability-fast"] as const) {
        expect(await messagesAbout(name), name).toBe(before[name]);
      }
    });

    it.concurrent("when an event is invalid", async ({ expect }) => {
      const before = await messagesAbout("dead-letters");
      const MessageBody = '{"Records": [{"eventName": "ObjectCreated:Put", "invalid": true}]}';
      await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl("storage-events"), MessageBody }));
      await expectState("dead-letters", "ALARM", expect);
      await expectMessage("dead-letters", before, expect);
      await sqs.send(new PurgeQueueCommand({ QueueUrl: await queueUrl("storage-events-dead") }));
      await expectState("dead-letters", "OK", expect);
    });

    it.concurrent("when the upstream of Shout is slow, and more requests wait for it than it may have", async (context) => {
      const { expect } = context;
      const faults = faultsOfTest(context);
      const before = await messagesAbout("shout-throttles");
      await faults.begin("shoutcloud-slow");
      // The function may run ten times at once.
      const shout = async () => {
        const requests = Array.from({ length: 14 }, (_, index) =>
          fetch(String(target.shoutUrl), { method: "POST", body: JSON.stringify({ data: `hello ${index}` }) }),
        );
        await Promise.all(requests.map(async (request) => (await request).text()));
        return Promise.all([stateOf("shout-slow"), stateOf("shout-throttles")]);
      };
      await expect.poll(shout, { timeout }).toEqual(["ALARM", "ALARM"]);
      await expectMessage("shout-throttles", before, expect);
      await faults.end("shoutcloud-slow");
      for (const name of ["shout-slow", "shout-throttles"]) await expectState(name, "OK", expect);
    });

    it.concurrent("when the release guard fails", async ({ expect }) => {
      const before = await messagesAbout("release-guard-errors");
      const FunctionName = `${target.prefix}-release-guard`;
      const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: "{}" }));
      expect(FunctionError).toBeDefined();
      await expectState("release-guard-errors", "ALARM", expect);
      await expectMessage("release-guard-errors", before, expect);
      await expectState("release-guard-errors", "OK", expect);
    });
  },
);

/** After the others, because it affects every program that uses S3. */
describe.skipIf(target.kind !== "local")("the alarm of the canary", { timeout: 3 * timeout }, () => {
  it("starts with a run that fails, notifies, and ends with one that succeeds", async (context) => {
    const { expect } = context;
    const faults = faultsOfTest(context);
    const canary = new CanaryClient(target);
    context.skip(await canary.hasPassed(), "The run of 12:00 UTC has succeeded, so one that fails starts no alarm.");
    context.onTestFinished(() => canary.restore());
    const before = await messagesAbout("canary-failed");
    await faults.begin("objects");
    expect(await canary.run()).toMatchObject({ State: "FAILED" });
    await faults.endAll();
    await expectState("canary-failed", "ALARM", expect);
    await expectMessage("canary-failed", before, expect);
    expect(await canary.run()).toMatchObject({ State: "PASSED" });
    await expectState("canary-failed", "OK", expect);
  });
});
