import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type DynamoDbServer, startDynamoDbServer } from "@nv-demo/local-aws/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openDynamoDb } from "../../lib/aws/dynamodb.ts";
import { parseAlarmChange } from "./alarm-change.ts";
import type { DeliveryRecords } from "./delivery-records.ts";
import { DynamoDbDeliveryRecords } from "./dynamodb-delivery-records.ts";
import { alarmMessage } from "./testing/alarm-message.ts";
import { MemoryDeliveryRecords, WINDOW_MS } from "./testing/memory-delivery-records.ts";

let server: DynamoDbServer;
let client: DynamoDBClient;
let tables = 0;
let now: number;
const clock = { now: () => now };

beforeAll(async () => {
  server = await startDynamoDbServer();
  client = new DynamoDBClient(server.client);
});
afterAll(async () => {
  client.destroy();
  await server.remove();
});
beforeEach(() => {
  now = Date.parse("2026-11-28T04:30:00.000Z");
});

async function inDynamoDb(): Promise<DeliveryRecords> {
  const TableName = `records-${tables++}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "subject", KeyType: "HASH" },
        { AttributeName: "entry", KeyType: "RANGE" },
      ],
      AttributeDefinitions: [
        { AttributeName: "subject", AttributeType: "S" },
        { AttributeName: "entry", AttributeType: "S" },
      ],
    }),
  );
  const { endpoint, region, credentials } = server.client;
  const access = { endpoint: () => endpoint, region, credentials: async () => credentials };
  return new DynamoDbDeliveryRecords(openDynamoDb(access), TableName, WINDOW_MS, clock);
}

const FIRST = "2026-11-28T04:30:00.000Z";
const SECOND = "2026-11-28T04:30:00.001Z";
const change = (AlarmName: string, StateChangeTime = "2026-11-28T04:30:12.345+0000") =>
  parseAlarmChange(alarmMessage({ AlarmName, StateChangeTime }));

// The records of the other tests have to behave like those in DynamoDB.
it.each([
  ["DynamoDB", inDynamoDb],
  ["memory", async () => new MemoryDeliveryRecords(clock)],
])("grants one delivery at a time, and none of what was delivered: %s", async (_, open) => {
  const records = await open();
  expect(await records.begin("a", FIRST)).toEqual({ kind: "granted", lastState: undefined, isRetry: false });
  expect((await records.begin("a", FIRST)).kind).toBe("busy");
  expect((await records.begin("a", SECOND)).kind).toBe("busy");
  expect((await records.begin("b", FIRST)).kind).toBe("granted");
  await records.finish("a", FIRST, "ALARM");
  expect((await records.begin("a", FIRST)).kind).toBe("superseded");
  expect(await records.begin("a", SECOND)).toEqual({ kind: "granted", lastState: "ALARM", isRetry: false });
  await records.abandon("a");
  expect(await records.begin("a", SECOND)).toEqual({ kind: "granted", lastState: "ALARM", isRetry: true });
  now += 90_001; // The invocation has died.
  expect((await records.begin("a", SECOND)).kind).toBe("granted");
});

it.each([
  ["DynamoDB", inDynamoDb],
  ["memory", async () => new MemoryDeliveryRecords(clock)],
])("counts the changes of a window: %s", async (_, open) => {
  const records = await open();
  const startedAt = now;
  expect(await records.count()).toEqual({ startedAt, count: 1, scheduled: false });
  now += WINDOW_MS - 1;
  expect(await records.count()).toEqual({ startedAt, count: 2, scheduled: false });
  await records.markScheduled(startedAt);
  expect(await records.count()).toEqual({ startedAt, count: 3, scheduled: true });
  now += 1;
  expect(await records.count()).toEqual({ startedAt: now, count: 1, scheduled: false });
  await records.markScheduled(startedAt); // Of the window before.
  expect(await records.count()).toMatchObject({ count: 2, scheduled: false });
});

it.each([
  ["DynamoDB", inDynamoDb],
  ["memory", async () => new MemoryDeliveryRecords(clock)],
])(
  "returns the collected changes of a window, each once and by time, until they are forgotten: %s",
  async (_, open) => {
    const records = await open();
    const [late, early, other] = [change("a", "2026-11-28T04:30:13Z"), change("b"), change("c")];
    for (const one of [late, early, early]) await records.collect(1, one);
    await records.collect(2, other);
    expect(await records.collected(1)).toEqual([early, late]);
    await records.forget(1, [early]);
    expect(await records.collected(1)).toEqual([late]);
    expect(await records.collected(2)).toEqual([other]);
  },
);

it("counts concurrent changes exactly", async () => {
  const records = await inDynamoDb();
  const windows = await Promise.all(Array.from({ length: 20 }, () => records.count()));
  expect(windows.map(({ count }) => count).toSorted((left, right) => left - right)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
});

it("grants a change to one of several concurrent invocations", async () => {
  const records = await inDynamoDb();
  const grants = await Promise.all(Array.from({ length: 10 }, () => records.begin("a", FIRST)));
  expect(grants.filter(({ kind }) => kind === "granted")).toHaveLength(1);
});
