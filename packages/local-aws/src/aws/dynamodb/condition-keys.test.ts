import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { arn } from "../../runtime/account.ts";
import { systemClock } from "../../runtime/clock.ts";
import { AccessControl } from "../iam/access-control.ts";
import { DynamoDbHarness } from "./testing/dynamodb-harness.ts";

const ROOT = { accessKeyId: "root", secretAccessKey: "secret" };
const NAME = { name: { S: "ann" } };
const TABLE = { TableName: "users" };

let harness: DynamoDbHarness;
let root: DynamoDBClient;
let role: DynamoDBClient;
/** The conditions of the role's only statement, which allows every action. */
let conditions: object;

beforeAll(async () => {
  const statement = () => ({ Effect: "Allow", Action: "dynamodb:*", Resource: "*", Condition: conditions });
  const control = new AccessControl(ROOT, () => ({ identityBased: [JSON.stringify({ Statement: statement() })] }));
  const { credentials, authorize } = control;
  harness = new DynamoDbHarness({ access: { credentials, authorize, clock: systemClock } });
  root = await harness.client(ROOT);
  role = await harness.client(control.credentialsFor(arn("iam", "role/app", "global"), "session"));
  await harness.resources.apply("aws_dynamodb_table", {
    name: "users",
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "name",
    attribute: ["name", "role"].map((name) => ({ name, type: "S" })),
    global_secondary_index: [{ name: "by-role", hash_key: "role", projection_type: "ALL" }],
  });
});

afterAll(() => harness.close());

beforeEach(async () => {
  await root.send(new PutItemCommand({ ...TABLE, Item: { ...NAME, role: { S: "admin" } } }));
});

/** The SDK has one type per command. */
const send = (command: object) => role.send(command as GetItemCommand);
const allows = (command: object) => expect(send(command)).resolves.toBeDefined();
const denies = (command: object) => expect(send(command)).rejects.toMatchObject({ name: "AccessDeniedException" });

describe("dynamodb:Attributes", () => {
  const update = (UpdateExpression: string, more: object = {}) =>
    new UpdateItemCommand({
      ...TABLE,
      Key: NAME,
      UpdateExpression,
      ExpressionAttributeValues: { ":v": { S: "value" } },
      ...more,
    });

  beforeEach(() => {
    conditions = { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["name", "passwordHash"] } };
  });

  it("limits what an update may change and name", async () => {
    await allows(update("SET passwordHash = :v"));
    await allows(update("SET #p = :v", { ExpressionAttributeNames: { "#p": "passwordHash" } }));
    await denies(update("SET #p = :v", { ExpressionAttributeNames: { "#p": "role" } }));
    await denies(update("SET passwordHash = :v, admin = :v"));
    await denies(update("SET passwordHash = :v REMOVE locked"));
    await denies(update("SET passwordHash = role, #n.x = :v", { ExpressionAttributeNames: { "#n": "passwordHash" } }));
    await denies(update("SET passwordHash = :v", { ConditionExpression: "attribute_exists(role) OR admin = :v" }));
    const { Item } = await root.send(new GetItemCommand({ ...TABLE, Key: NAME }));
    expect(Item).toEqual({ ...NAME, role: { S: "admin" }, passwordHash: { S: "value" } });
  });

  it("limits legacy parameters", async () => {
    const legacy = (name: string) => ({ AttributeUpdates: { [name]: { Action: "PUT", Value: { S: "v" } } } as const });
    const without = { UpdateExpression: undefined, ExpressionAttributeValues: undefined };
    await denies(update("", { ...without, ...legacy("role") }));
    await denies(new GetItemCommand({ ...TABLE, Key: NAME, AttributesToGet: ["role"] }));
  });

  it("limits every action on items", async () => {
    const item = (member: string) => ({ ...NAME, [member]: { S: "v" } });
    const requests = (RequestItems: object) => ({ RequestItems: { users: RequestItems } }) as never;
    await allows(new GetItemCommand({ ...TABLE, Key: NAME, ProjectionExpression: "passwordHash" }));
    await denies(new GetItemCommand({ ...TABLE, Key: NAME, ProjectionExpression: "passwordHash, role" }));
    await allows(new BatchGetItemCommand(requests({ Keys: [NAME], ProjectionExpression: "passwordHash" })));
    await denies(new BatchGetItemCommand(requests({ Keys: [NAME], ProjectionExpression: "role" })));
    await denies(new PutItemCommand({ ...TABLE, Item: item("role") }));
    await denies(new BatchWriteItemCommand(requests([{ PutRequest: { Item: item("role") } }])));
    await allows(new BatchWriteItemCommand(requests([{ PutRequest: { Item: item("passwordHash") } }])));
    await denies(new DeleteItemCommand({ ...TABLE, Key: NAME, ConditionExpression: "attribute_exists(role)" }));
    await denies(new ScanCommand({ ...TABLE, FilterExpression: "attribute_exists(role)" }));
    const values = { ExpressionAttributeValues: { ":n": NAME.name } };
    const query = {
      ...TABLE,
      KeyConditionExpression: "#n = :n",
      ExpressionAttributeNames: { "#n": "name" },
      ...values,
    };
    await allows(new QueryCommand({ ...query, ProjectionExpression: "passwordHash" }));
    await denies(new QueryCommand({ ...query, FilterExpression: "attribute_exists(role)" }));
    await denies(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { ...TABLE, Item: item("passwordHash") } },
          { ConditionCheck: { ...TABLE, Key: { name: { S: "bob" } }, ConditionExpression: "attribute_exists(role)" } },
        ],
      }),
    );
    await denies(
      new TransactGetItemsCommand({ TransactItems: [{ Get: { ...TABLE, Key: NAME, ProjectionExpression: "role" } }] }),
    );
    await allows(new DeleteItemCommand({ ...TABLE, Key: NAME }));
  });
});

describe("dynamodb:LeadingKeys", () => {
  const query = (input: object) => new QueryCommand({ ...TABLE, ...input });

  it("limits the items by their partition key, and is absent in a scan", async () => {
    conditions = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["ann", "team-*"] } };
    const key = (name: string) => ({ name: { S: name } });
    await allows(new GetItemCommand({ ...TABLE, Key: key("ann") }));
    await denies(new GetItemCommand({ ...TABLE, Key: key("bob") }));
    await allows(new PutItemCommand({ ...TABLE, Item: { ...key("team-1"), role: { S: "bob" } } }));
    await denies(new PutItemCommand({ ...TABLE, Item: { ...key("bob"), role: { S: "ann" } } }));
    await denies(new BatchGetItemCommand({ RequestItems: { users: { Keys: [key("ann"), key("bob")] } } }));
    const remove = (name: string) => ({ DeleteRequest: { Key: key(name) } });
    await denies(new BatchWriteItemCommand({ RequestItems: { users: [remove("team-1"), remove("bob")] } }));
    await denies(new TransactWriteItemsCommand({ TransactItems: [{ Delete: { ...TABLE, Key: key("bob") } }] }));
    const equals = (value: string) => ({
      KeyConditionExpression: "#n = :v",
      ExpressionAttributeNames: { "#n": "name" },
      ExpressionAttributeValues: { ":v": { S: value } },
    });
    await allows(query(equals("ann")));
    await denies(query(equals("bob")));
    await denies(query({ KeyConditions: { name: { ComparisonOperator: "EQ", AttributeValueList: [{ S: "bob" }] } } }));
    await allows(new ScanCommand(TABLE));
  });

  it("is the partition key of the index that a query names", async () => {
    conditions = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["admin"] } };
    const byRole = (value: string) => ({
      IndexName: "by-role",
      KeyConditionExpression: "#r = :v",
      ExpressionAttributeNames: { "#r": "role" },
      ExpressionAttributeValues: { ":v": { S: value } },
    });
    await allows(query(byRole("admin")));
    await denies(query(byRole("ann")));
  });

  it("can be required with Null", async () => {
    conditions = { Null: { "dynamodb:LeadingKeys": "false" } };
    await allows(new GetItemCommand({ ...TABLE, Key: NAME }));
    await denies(new ScanCommand(TABLE));
  });

  it("does not hide that a table is missing", async () => {
    conditions = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["ann"] } };
    const missing = new GetItemCommand({ TableName: "none", Key: NAME });
    await expect(role.send(missing)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

it("evaluates dynamodb:Select and dynamodb:ReturnValues, which are absent when they are not given", async () => {
  conditions = {
    StringEqualsIfExists: {
      "dynamodb:Select": "SPECIFIC_ATTRIBUTES",
      "dynamodb:ReturnValues": ["NONE", "UPDATED_NEW"],
    },
  };
  const scan = { ...TABLE, ProjectionExpression: "#n", ExpressionAttributeNames: { "#n": "name" } };
  await allows(new ScanCommand(scan));
  await allows(new ScanCommand({ ...scan, Select: "SPECIFIC_ATTRIBUTES" }));
  await denies(new ScanCommand({ ...TABLE, Select: "ALL_ATTRIBUTES" }));
  await allows(new DeleteItemCommand({ ...TABLE, Key: NAME, ReturnValues: "NONE" }));
  await denies(new DeleteItemCommand({ ...TABLE, Key: NAME, ReturnValues: "ALL_OLD" }));
  conditions = { StringEquals: { "dynamodb:Select": "COUNT" } };
  await allows(new ScanCommand({ ...TABLE, Select: "COUNT" }));
  await denies(new ScanCommand(TABLE));
});

it("reads the keys of a table again that was created with others", async () => {
  const apply = (hash_key: string) =>
    harness.resources.apply("aws_dynamodb_table", {
      name: "sessions",
      billing_mode: "PAY_PER_REQUEST",
      hash_key,
      attribute: [{ name: hash_key, type: "S" }],
    });
  conditions = { StringEquals: { "dynamodb:LeadingKeys": "ann" } };
  const put = (Item: Record<string, { S: string }>) => new PutItemCommand({ TableName: "sessions", Item });
  const first = await apply("id");
  await allows(put({ id: { S: "ann" }, user: { S: "bob" } }));
  await harness.resources.delete("aws_dynamodb_table", first);
  await apply("user");
  await denies(put({ id: { S: "ann" }, user: { S: "bob" } }));
});
