import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BatchWriteItemCommand,
  DeleteItemCommand,
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
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { systemClock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { Ports } from "../../runtime/ports.ts";
import { Processes } from "../../runtime/processes.ts";
import { DynamoDb } from "./dynamodb.ts";
import { dynoxidePath } from "./engines/dynoxide.ts";
import { tableArn } from "./table-arn.ts";

const ARN = tableArn("users");
const USERS: Attributes = {
  name: "users",
  billing_mode: "PAY_PER_REQUEST",
  hash_key: "name",
  attribute: [{ name: "name", type: "S" }],
  tags: { team: "one" },
};
const BY_ROLE: Attributes = {
  attribute: [
    { name: "name", type: "S" },
    { name: "role", type: "S" },
  ],
  global_secondary_index: [{ name: "by-role", hash_key: "role", projection_type: "ALL" }],
};

let directory: string;
let processes: Processes;
let ports: Ports;
let dynamodb: DynamoDb;
let resources: ManagedResources | undefined;
let served: ServedService;
let client: DynamoDBClient;
/** Actions and resources that were authorized. */
let authorized: string[];
let deniedAction: string | undefined;

/** Starts DynamoDB and, after the first call, the recorded resources. */
async function open(engine?: "dynoxide" | "dynalite"): Promise<void> {
  processes = new Processes(join(directory, "processes.journal"));
  ports = new Ports(join(directory, "ports.journal"));
  const authorize = (_caller: unknown, action: string, resource: string) => {
    authorized.push(`${action} ${resource}`);
    if (action === deniedAction) throw new AwsError("AccessDenied", `not authorized to perform: ${action}`, 403);
  };
  const access = { ...openAccess(), authorize };
  dynamodb = new DynamoDb({
    directory: join(directory, "dynamodb"),
    access,
    clock: systemClock,
    processes,
    metrics: { put: () => {} },
    ports,
    engine,
  });
  if (resources) await resources.restart(dynamodb.terraform);
  else resources = new ManagedResources(dynamodb.terraform);
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
  authorized = [];
  deniedAction = undefined;
});

afterEach(async () => {
  await close();
  resources?.close();
  resources = undefined;
  rmSync(directory, { recursive: true, force: true });
});

function opened(): ManagedResources {
  if (!resources) throw new Error("DynamoDB is not open.");
  return resources;
}

const applyTable = (config: Attributes, prior?: Attributes) => opened().apply("aws_dynamodb_table", config, prior);

const applyItem = (item: object, prior?: Attributes) =>
  opened().apply(
    "aws_dynamodb_table_item",
    { table_name: "users", hash_key: "name", item: JSON.stringify(item) },
    prior,
  );

function put(name: string, more: Record<string, { S: string }> = {}) {
  return client.send(new PutItemCommand({ TableName: "users", Item: { name: { S: name }, ...more } }));
}

async function get(name: string) {
  return (await client.send(new GetItemCommand({ TableName: "users", Key: { name: { S: name } } }))).Item;
}

describe.each(["dynoxide", "dynalite"] as const)("%s", (engine) => {
  const isMissing = engine === "dynoxide" && dynoxidePath() === undefined;

  it.skipIf(isMissing)("keeps the items of a table after a restart, until the table is deleted", async () => {
    await open(engine);
    const users = await applyTable(USERS);
    expect(users).toMatchObject({ id: "users", arn: ARN, stream_arn: "", read_capacity: 0 });
    await put("ann", { role: { S: "admin" } });
    await close();
    await open(engine);
    expect(await get("ann")).toEqual({ name: { S: "ann" }, role: { S: "admin" } });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "users" }));
    expect(Table).toMatchObject({ TableArn: ARN, TableStatus: "ACTIVE" });
    await opened().delete("aws_dynamodb_table", users);
    await expect(get("ann")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  it.skipIf(isMissing)("detects that a table was deleted outside of Terraform", async () => {
    await open(engine);
    const users = await applyTable(USERS);
    await client.send(new DeleteTableCommand({ TableName: "users" }));
    await expect.poll(() => opened().read("aws_dynamodb_table", users)).toBeNull();
  });

  it.skipIf(isMissing)("manages an item as a resource", async () => {
    await open(engine);
    await applyTable(USERS);
    const item = await applyItem({ name: { S: "ann" } });
    expect(item.id).toBe("users|name|ann");
    await expect(applyItem({ name: { S: "ann" } })).rejects.toMatchObject({ code: "ConditionalCheckFailedException" });
    const renamed = await applyItem({ name: { S: "bob" }, age: { N: "7" } }, item);
    expect(await get("ann")).toBeUndefined();
    expect(await get("bob")).toEqual({ name: { S: "bob" }, age: { N: "7" } });
    await client.send(new DeleteItemCommand({ TableName: "users", Key: { name: { S: "bob" } } }));
    expect(await opened().read("aws_dynamodb_table_item", renamed)).toBeNull();
  });
});

describe.skipIf(dynoxidePath() === undefined)("the default engine", () => {
  beforeEach(() => open());

  it("returns errors with the details that the SDK reads", async () => {
    await applyTable(USERS);
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

  it("authorizes each table of a request, and each item of a transaction with its own action", async () => {
    await applyTable({ ...USERS, ...BY_ROLE });
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
    expect(authorized).toEqual([
      `dynamodb:PutItem ${ARN}`,
      `dynamodb:Query ${ARN}/index/by-role`,
      `dynamodb:PutItem ${ARN}`,
      `dynamodb:DeleteItem ${ARN}`,
      `dynamodb:BatchWriteItem ${ARN}`,
    ]);
    deniedAction = "dynamodb:PutItem";
    await expect(put("dan")).rejects.toMatchObject({ name: "AccessDeniedException" });
    deniedAction = undefined;
    expect(await get("dan")).toBeUndefined();
  });

  it("updates a table in place", async () => {
    const users = await applyTable({ ...USERS, ttl: [{ enabled: true, attribute_name: "expires" }] });
    await put("ann");
    const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName: "users" }));
    expect(ttl.TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "expires" });
    const configured: Attributes = {
      ...USERS,
      ...BY_ROLE,
      billing_mode: "PROVISIONED",
      read_capacity: 2,
      write_capacity: 3,
      stream_enabled: true,
      stream_view_type: "NEW_IMAGE",
      deletion_protection_enabled: true,
    };
    const changed = await applyTable(configured, users);
    expect(changed.stream_arn).toMatch(`${ARN}/stream/`);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "users" }));
    expect(Table).toMatchObject({
      ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 3 },
      GlobalSecondaryIndexes: [{ IndexName: "by-role", IndexArn: `${ARN}/index/by-role` }],
      DeletionProtectionEnabled: true,
    });
    expect(await get("ann")).toBeDefined();
    await expect(opened().delete("aws_dynamodb_table", changed)).rejects.toMatchObject({ code: "ValidationException" });
    const unprotected = await applyTable(
      { ...configured, deletion_protection_enabled: false, global_secondary_index: [], attribute: USERS.attribute },
      changed,
    );
    await opened().delete("aws_dynamodb_table", unprotected);
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  it("describes backups and tags as Terraform configured them", async () => {
    await applyTable({
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
    const unknown = new DescribeContinuousBackupsCommand({ TableName: "missing" });
    await expect(client.send(unknown)).rejects.toMatchObject({ name: "TableNotFoundException" });
  });

  it("restores a table with point-in-time recovery as a copy of its current state", async () => {
    const restore = (input: object) =>
      client.send(
        new RestoreTableToPointInTimeCommand({ SourceTableName: "users", TargetTableName: "copy", ...input }),
      );
    await applyTable({ ...USERS, name: "plain" });
    await expect(restore({ SourceTableName: "plain", UseLatestRestorableTime: true })).rejects.toThrow("not enabled");
    await applyTable({ ...USERS, ...BY_ROLE, point_in_time_recovery: [{ enabled: true }] });
    for (let index = 0; index < 30; index += 1) {
      await client.send(
        new PutItemCommand({ TableName: "users", Item: { name: { S: `n${index}` }, age: { N: "1" } } }),
      );
    }
    await expect(restore({ RestoreDateTime: new Date() })).rejects.toThrow("latest state only");
    await restore({ UseLatestRestorableTime: true });
    const { Items } = await client.send(new ScanCommand({ TableName: "copy" }));
    expect(Items).toHaveLength(30);
    expect(Items?.[0]).toMatchObject({ age: { N: "1" } });
    await client.send(new DeleteTableCommand({ TableName: "copy" }));
    expect((await client.send(new ScanCommand({ TableName: "users" }))).Count).toBe(30);
  });

  it("rejects an unsupported action by name", async () => {
    const statement = new ExecuteStatementCommand({ Statement: "SELECT * FROM users" });
    await expect(client.send(statement)).rejects.toThrow("does not support dynamodb ExecuteStatement");
  });

  it("keeps acknowledged writes when the engine is killed, and starts it again", async () => {
    const children = vi.spyOn(processes, "spawn");
    await applyTable(USERS);
    await Promise.all(Array.from({ length: 50 }, (_, index) => put(`user-${index}`)));
    const child: ChildProcess = children.mock.results[0]?.value;
    child.kill("SIGKILL");
    await expect.poll(() => get("user-0").catch(() => undefined)).toBeDefined();
    for (let index = 1; index < 50; index += 1) expect(await get(`user-${index}`)).toBeDefined();
    expect(children).toHaveBeenCalledTimes(2);
  });
});
