import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BatchWriteItemCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource.ts";
import { systemClock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { Ports } from "../../runtime/ports.ts";
import { Processes } from "../../runtime/processes.ts";
import { PATIENCE } from "../../runtime/testing/patience.ts";
import { DynamoDb } from "./dynamodb.ts";
import { dynoxidePath } from "./engines/dynoxide.ts";

const ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/users";
const USERS: Attributes = {
  name: "users",
  billing_mode: "PAY_PER_REQUEST",
  hash_key: "name",
  range_key: null,
  attribute: [{ name: "name", type: "S" }],
  tags_all: { team: "one" },
};
const BY_ROLE: Attributes = {
  attribute: [
    { name: "name", type: "S" },
    { name: "role", type: "S" },
  ],
  global_secondary_index: [{ name: "by-role", hash_key: "role", projection_type: "ALL", non_key_attributes: [] }],
};

let directory: string;
let processes: Processes;
let ports: Ports;
let dynamodb: DynamoDb;
let served: ServedService;
let client: DynamoDBClient;
let asked: string[];
let denied: string | undefined;

async function open(engine?: "dynoxide" | "dynalite"): Promise<void> {
  processes = new Processes(join(directory, "processes.journal"));
  ports = new Ports(join(directory, "ports.journal"));
  const authorize = (_caller: unknown, action: string, resource: string) => {
    asked.push(`${action} ${resource}`);
    if (action === denied) throw new AwsError("AccessDenied", `not authorized to perform: ${action}`, 403);
  };
  const access = { ...openAccess(), authorize };
  dynamodb = new DynamoDb({
    directory: join(directory, "dynamodb"),
    access,
    clock: systemClock,
    processes,
    ports,
    engine,
  });
  served = await ServedService.start(dynamodb.service);
  client = new DynamoDBClient(served.client);
}

async function close(): Promise<void> {
  client.destroy();
  await served.stop();
  await dynamodb.stop();
  await processes.close();
  ports.close();
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "dynamodb-"));
  asked = [];
  denied = undefined;
});

afterEach(async () => {
  await close();
  rmSync(directory, { recursive: true, force: true });
});

function handler(type: string) {
  const found = dynamodb.terraform.resources?.find((candidate) => candidate.type === type);
  if (!found) throw new Error(`no handler for ${type}`);
  return found;
}

function contextOf(config: Attributes) {
  return { account: "000000000000", region: "us-east-1", config };
}

async function apply(type: string, planned: Attributes): Promise<Attributes> {
  const created = { ...(await handler(type).create?.(planned, contextOf(planned))), ...planned };
  await handler(type).start?.(created);
  return created;
}

async function change(type: string, prior: Attributes, changes: Attributes): Promise<Attributes> {
  const planned = { ...prior, ...changes };
  const changed = { ...planned, ...(await handler(type).update?.(planned, prior, contextOf(planned))) };
  await handler(type).start?.(changed);
  return changed;
}

function put(name: string, more: Record<string, { S: string }> = {}) {
  return client.send(new PutItemCommand({ TableName: "users", Item: { name: { S: name }, ...more } }));
}

async function get(name: string) {
  return (await client.send(new GetItemCommand({ TableName: "users", Key: { name: { S: name } } }))).Item;
}

describe.each(["dynoxide", "dynalite"] as const)("with %s", (engine) => {
  test.skipIf(engine === "dynoxide" && dynoxidePath() === undefined)(
    "a table keeps its items over a restart, until it is deleted",
    async () => {
      await open(engine);
      const users = await apply("aws_dynamodb_table", USERS);
      expect(users).toMatchObject({ id: "users", arn: ARN, stream_arn: "", read_capacity: 0 });
      await put("ann", { role: { S: "admin" } });
      await close();
      await open(engine);
      await handler("aws_dynamodb_table").start?.(users);
      expect(await get("ann")).toEqual({ name: { S: "ann" }, role: { S: "admin" } });
      const { Table } = await client.send(new DescribeTableCommand({ TableName: "users" }));
      expect(Table).toMatchObject({ TableArn: ARN, TableStatus: "ACTIVE" });
      await handler("aws_dynamodb_table").delete?.(users);
      expect(await handler("aws_dynamodb_table").read?.(users)).toBeNull();
      await expect(get("ann")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    },
  );

  test.skipIf(engine === "dynoxide" && dynoxidePath() === undefined)("an item is a resource, too", async () => {
    await open(engine);
    await apply("aws_dynamodb_table", USERS);
    const planned = { table_name: "users", hash_key: "name", range_key: null, item: `{"name":{"S":"ann"}}` };
    const item = await apply("aws_dynamodb_table_item", planned);
    expect(item.id).toBe("users|name|ann");
    await expect(apply("aws_dynamodb_table_item", planned)).rejects.toMatchObject({
      code: "ConditionalCheckFailedException",
    });
    const renamed = await change("aws_dynamodb_table_item", item, { item: `{"name":{"S":"bob"},"age":{"N":"7"}}` });
    expect(await get("ann")).toBeUndefined();
    expect(await get("bob")).toEqual({ name: { S: "bob" }, age: { N: "7" } });
    await handler("aws_dynamodb_table_item").delete?.(renamed);
    expect(await handler("aws_dynamodb_table_item").read?.(renamed)).toBeNull();
  });
});

describe.skipIf(dynoxidePath() === undefined)("with transactions and time to live", () => {
  beforeEach(() => open());

  test("errors carry what the SDK reads from them", async () => {
    await apply("aws_dynamodb_table", USERS);
    await put("ann");
    const conditional = new PutItemCommand({
      TableName: "users",
      Item: { name: { S: "ann" } },
      ConditionExpression: "attribute_not_exists(#n)",
      ExpressionAttributeNames: { "#n": "name" },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    await expect(client.send(conditional)).rejects.toMatchObject({
      name: "ConditionalCheckFailedException",
      Item: { name: { S: "ann" } },
    });
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [{ Put: { ...conditional.input, TableName: "users", Item: { name: { S: "ann" } } } }],
    });
    await expect(client.send(transaction)).rejects.toMatchObject({
      name: "TransactionCanceledException",
      CancellationReasons: [{ Code: "ConditionalCheckFailed" }],
    });
  });

  test("each action is allowed on each table, and each item of a transaction by its own action", async () => {
    await apply("aws_dynamodb_table", { ...USERS, ...BY_ROLE });
    await put("ann", { role: { S: "admin" } });
    await client.send(
      new QueryCommand({
        TableName: "users",
        IndexName: "by-role",
        KeyConditionExpression: "#r = :r",
        ExpressionAttributeNames: { "#r": "role" },
        ExpressionAttributeValues: { ":r": { S: "admin" } },
      }),
    );
    const write = { Put: { TableName: "users", Item: { name: { S: "bob" } } } };
    const remove = { Delete: { TableName: "users", Key: { name: { S: "ann" } } } };
    await client.send(new TransactWriteItemsCommand({ TransactItems: [write, remove] }));
    const request = { PutRequest: { Item: { name: { S: "cy" } } } };
    await client.send(new BatchWriteItemCommand({ RequestItems: { users: [request] } }));
    expect(asked).toEqual([
      `dynamodb:PutItem ${ARN}`,
      `dynamodb:Query ${ARN}/index/by-role`,
      `dynamodb:PutItem ${ARN}`,
      `dynamodb:DeleteItem ${ARN}`,
      `dynamodb:BatchWriteItem ${ARN}`,
    ]);
    denied = "dynamodb:PutItem";
    await expect(put("dan")).rejects.toMatchObject({ name: "AccessDeniedException" });
    denied = undefined;
    expect(await get("dan")).toBeUndefined();
  });

  test("a table changes in place", async () => {
    const users = await apply("aws_dynamodb_table", { ...USERS, ttl: [{ enabled: true, attribute_name: "expires" }] });
    await put("ann");
    const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName: "users" }));
    expect(ttl.TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "expires" });
    const changed = await change("aws_dynamodb_table", users, {
      ...BY_ROLE,
      billing_mode: "PROVISIONED",
      read_capacity: 2,
      write_capacity: 3,
      stream_enabled: true,
      stream_view_type: "NEW_IMAGE",
      deletion_protection_enabled: true,
      ttl: [],
    });
    expect(changed.stream_arn).toMatch(`${ARN}/stream/`);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "users" }));
    expect(Table).toMatchObject({
      ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 3 },
      GlobalSecondaryIndexes: [{ IndexName: "by-role", IndexArn: `${ARN}/index/by-role` }],
      DeletionProtectionEnabled: true,
    });
    expect(await get("ann")).toBeDefined();
    await expect(handler("aws_dynamodb_table").delete?.(changed)).rejects.toMatchObject({
      code: "ValidationException",
    });
    await expect(change("aws_dynamodb_table", changed, { hash_key: "id" })).rejects.toThrow("in place");
    const open = await change("aws_dynamodb_table", changed, {
      deletion_protection_enabled: false,
      global_secondary_index: [],
      attribute: USERS.attribute,
    });
    await handler("aws_dynamodb_table").delete?.(open);
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  test("backups and tags are as Terraform recorded them", async () => {
    await apply("aws_dynamodb_table", {
      ...USERS,
      point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 7 }],
    });
    const { ContinuousBackupsDescription } = await client.send(
      new DescribeContinuousBackupsCommand({ TableName: "users" }),
    );
    expect(ContinuousBackupsDescription).toMatchObject({
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "ENABLED", RecoveryPeriodInDays: 7 },
    });
    const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: ARN }));
    expect(Tags).toEqual([{ Key: "team", Value: "one" }]);
    const unknown = new DescribeContinuousBackupsCommand({ TableName: "nobody" });
    await expect(client.send(unknown)).rejects.toMatchObject({ name: "TableNotFoundException" });
  });

  test("a table with point-in-time recovery is restored beside itself, as it is now", async () => {
    const restore = (input: object) =>
      client.send(
        new RestoreTableToPointInTimeCommand({ SourceTableName: "users", TargetTableName: "copy", ...input }),
      );
    await apply("aws_dynamodb_table", { ...USERS, name: "plain" });
    await expect(restore({ SourceTableName: "plain", UseLatestRestorableTime: true })).rejects.toThrow("not enabled");
    await apply("aws_dynamodb_table", { ...USERS, ...BY_ROLE, point_in_time_recovery: [{ enabled: true }] });
    for (let index = 0; index < 30; index += 1) {
      await client.send(
        new PutItemCommand({ TableName: "users", Item: { name: { S: `n${index}` }, age: { N: "1" } } }),
      );
    }
    await expect(restore({ RestoreDateTime: new Date() })).rejects.toThrow("UseLatestRestorableTime only");
    await restore({ UseLatestRestorableTime: true });
    const { Items } = await client.send(new ScanCommand({ TableName: "copy" }));
    expect(Items).toHaveLength(30);
    expect(Items?.[0]).toMatchObject({ age: { N: "1" } });
    await client.send(new DeleteTableCommand({ TableName: "copy" }));
    expect((await client.send(new ScanCommand({ TableName: "users" }))).Count).toBe(30);
  });

  test("what is not supported is refused by name", async () => {
    const statement = new ExecuteStatementCommand({ Statement: "SELECT * FROM users" });
    await expect(client.send(statement)).rejects.toThrow("does not support dynamodb ExecuteStatement");
  });

  test("an acknowledged write survives the engine's death, and a later call starts it again", async () => {
    const children = vi.spyOn(processes, "spawn");
    await apply("aws_dynamodb_table", USERS);
    await Promise.all(Array.from({ length: 50 }, (_, index) => put(`user-${index}`)));
    const child: ChildProcess = children.mock.results[0]?.value;
    child.kill("SIGKILL");
    await vi.waitFor(async () => expect(await get("user-0")).toBeDefined(), PATIENCE);
    for (let index = 1; index < 50; index += 1) expect(await get(`user-${index}`)).toBeDefined();
    expect(children).toHaveBeenCalledTimes(2);
  });
});
