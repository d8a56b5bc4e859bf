import { randomBytes } from "node:crypto";
import { GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, describe, expect, inject, it } from "vitest";
import { Faults } from "../support/faults.ts";
import { FilesClient } from "../support/files-client.ts";

const target = inject("target");
const files = new FilesClient();
/** Above what the services allow themselves (3 s), below what anyone would wait. */
const IN_TIME_MS = 6_000;
const faults = new Faults(target);

afterEach(() => faults.endAll());

async function timed(path: string): Promise<{ response: Response; milliseconds: number }> {
  const startedAt = performance.now();
  const response = await files.request(path);
  return { response, milliseconds: performance.now() - startedAt };
}

describe.skipIf(target.kind !== "local")("when a part is down", () => {
  it("answers lists from PostgreSQL, in its time, without the cache", async () => {
    await faults.begin("cache");
    const { response, milliseconds } = await timed(`/api/list?prefix=${randomBytes(4).toString("hex")}`);
    expect(response.status).toBe(200);
    expect(milliseconds).toBeLessThan(IN_TIME_MS);
    const health = await (await fetch(`${target.apiUrl}/health`)).text();
    expect(health).toContain('"cache"');
    await faults.end("cache");
    expect((await files.request("/api/list")).status).toBe(200);
  });

  it("says that the database is not there and when to come again, and recovers by itself", async () => {
    await faults.begin("database");
    const { response, milliseconds } = await timed(`/api/list?prefix=${randomBytes(4).toString("hex")}`);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBeTruthy();
    expect(await response.json()).toMatchObject({ status: 503, code: expect.any(String) });
    expect(milliseconds).toBeLessThan(IN_TIME_MS);
    expect((await fetch(`${target.apiUrl}/health`)).status).toBe(503);
    await faults.end("database");
    await expect
      .poll(async () => (await files.request(`/api/list?prefix=${randomBytes(4).toString("hex")}`)).status, {
        timeout: 10_000,
      })
      .toBe(200);
  });

  it("says that the store refuses, and loses nothing", async () => {
    const key = `fault-${randomBytes(4).toString("hex")}`;
    await faults.begin("objects");
    const { response, milliseconds } = await timed(`/api/files/${key}`);
    expect([502, 503]).toContain(response.status);
    expect(milliseconds).toBeLessThan(IN_TIME_MS * 2);
    const upload = await files.upload(key, "x");
    expect([502, 503]).toContain(upload.status);
    await faults.end("objects");
    expect((await files.upload(key, "x")).status).toBe(200);
    await files.listed(key);
    await files.delete(key);
  });

  it("keeps events until the database is back", async () => {
    const key = `late-${randomBytes(4).toString("hex")}`;
    await faults.begin("database");
    expect((await files.upload(key, "patience")).status).toBe(200);
    await faults.end("database");
    await files.listed(key);
    await files.delete(key);
  });

  it("puts a poisoned event aside, with its content, and goes on", async () => {
    const sqs = new SQSClient({
      region: "us-east-1",
      endpoint: String(target.awsVariables.AWS_ENDPOINT_URL),
      credentials: {
        accessKeyId: String(target.awsVariables.AWS_ACCESS_KEY_ID),
        secretAccessKey: String(target.awsVariables.AWS_SECRET_ACCESS_KEY),
      },
    });
    const url = async (name: string) =>
      (await sqs.send(new GetQueueUrlCommand({ QueueName: `${target.prefix}-${name}` }))).QueueUrl;
    const poison = `{"Records": [{"eventName": "ObjectCreated:Put", "poison": "${randomBytes(8).toString("hex")}"}]}`;
    await sqs.send(new SendMessageCommand({ QueueUrl: await url("storage-events"), MessageBody: poison }));
    const deadLetters = await url("storage-events-dead");
    await expect
      .poll(
        async () => {
          const { Messages = [] } = await sqs.send(
            new ReceiveMessageCommand({
              QueueUrl: deadLetters,
              WaitTimeSeconds: 1,
              VisibilityTimeout: 1,
              MaxNumberOfMessages: 10,
            }),
          );
          return Messages.map(({ Body }) => Body);
        },
        { timeout: 50_000 },
      )
      .toContain(poison);
    sqs.destroy();
  });
});
