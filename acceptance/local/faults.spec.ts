import { randomBytes } from "node:crypto";
import { GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, describe, expect, it } from "vitest";
import { Faults } from "../support/faults.ts";
import { FilesClient } from "../support/files-client.ts";
import { target } from "../support/target.ts";

const files = new FilesClient();
/** Longer than the timeouts of the services (3 s). */
const LIMIT_MS = 6_000;
const faults = new Faults(target);

afterEach(() => faults.endAll());

async function timed(path: string): Promise<{ response: Response; milliseconds: number }> {
  const startedAt = performance.now();
  const response = await files.request(path);
  return { response, milliseconds: performance.now() - startedAt };
}

describe.skipIf(target.kind !== "local")("when a dependency fails", () => {
  it("lists files from PostgreSQL without the cache", async () => {
    await faults.begin("cache");
    const { response, milliseconds } = await timed(`/api/list?prefix=${randomBytes(4).toString("hex")}`);
    expect(response.status).toBe(200);
    expect(milliseconds).toBeLessThan(LIMIT_MS);
    const health = await (await fetch(`${target.apiUrl}/health`)).text();
    expect(health).toContain('"cache"');
    await faults.end("cache");
    expect((await files.request("/api/list")).status).toBe(200);
  });

  it("returns 503 with Retry-After without the database, and recovers automatically", async () => {
    await faults.begin("database");
    const { response, milliseconds } = await timed(`/api/list?prefix=${randomBytes(4).toString("hex")}`);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBeTruthy();
    expect(await response.json()).toMatchObject({ status: 503, code: expect.any(String) });
    expect(milliseconds).toBeLessThan(LIMIT_MS);
    expect((await fetch(`${target.apiUrl}/health`)).status).toBe(503);
    await faults.end("database");
    await expect
      .poll(async () => (await files.request(`/api/list?prefix=${randomBytes(4).toString("hex")}`)).status, {
        timeout: 10_000,
      })
      .toBe(200);
  });

  it("returns 502 or 503 without the object store, and loses nothing", async () => {
    const key = `fault-${randomBytes(4).toString("hex")}`;
    await faults.begin("objects");
    const { response, milliseconds } = await timed(`/api/files/${key}`);
    expect([502, 503]).toContain(response.status);
    expect(milliseconds).toBeLessThan(LIMIT_MS * 2);
    const upload = await files.upload(key, "x");
    expect([502, 503]).toContain(upload.status);
    await faults.end("objects");
    expect((await files.upload(key, "x")).status).toBe(200);
    await files.listed(key);
    await files.delete(key);
  });

  it("retains events until the database is available again", async () => {
    const key = `late-${randomBytes(4).toString("hex")}`;
    await faults.begin("database");
    expect((await files.upload(key, "content")).status).toBe(200);
    await faults.end("database");
    await files.listed(key);
    await files.delete(key);
  });

  it("moves an invalid event to the dead-letter queue and continues", async () => {
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
