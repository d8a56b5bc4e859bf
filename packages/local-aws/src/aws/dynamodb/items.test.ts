import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dynoxidePath } from "./engines/dynoxide.ts";
import { DynamoDbHarness } from "./testing/dynamodb-harness.ts";

type Item = Record<string, AttributeValue>;

const TABLE = { TableName: "groups" };

let harness: DynamoDbHarness;
let client: DynamoDBClient;

async function open(engine: "dynoxide" | "dynalite"): Promise<void> {
  harness = new DynamoDbHarness({ engine });
  client = await harness.client();
  await harness.resources.apply("aws_dynamodb_table", {
    name: "groups",
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "id",
    attribute: [
      { name: "id", type: "S" },
      { name: "owner", type: "S" },
      { name: "createdAt", type: "N" },
    ],
    global_secondary_index: [{ name: "by-owner", hash_key: "owner", range_key: "createdAt", projection_type: "ALL" }],
  });
}

afterEach(() => harness.close());

describe.each(["dynoxide", "dynalite"] as const)("the capacity with %s", (engine) => {
  it.skipIf(engine === "dynoxide" && dynoxidePath() === undefined)("is published by table", async () => {
    await open(engine);
    const command = new PutItemCommand({ ...TABLE, Item: { id: { S: "one" }, text: { S: "x".repeat(1500) } } });
    expect(await client.send(command)).not.toHaveProperty("ConsumedCapacity");
    const { ConsumedCapacity } = await client.send(
      new GetItemCommand({ ...TABLE, Key: key("one"), ConsistentRead: true, ReturnConsumedCapacity: "TOTAL" }),
    );
    expect(ConsumedCapacity).toMatchObject({ TableName: "groups", CapacityUnits: 1 });
    expect(harness.published).toEqual([
      ["AWS/DynamoDB", TABLE, { ConsumedWriteCapacityUnits: 2 }],
      ["AWS/DynamoDB", TABLE, { ConsumedReadCapacityUnits: 1 }],
    ]);
  });
});

const key = (id: string) => ({ id: { S: id } });
const put = (item: Item) => client.send(new PutItemCommand({ ...TABLE, Item: item }));
const get = async (id: string) =>
  (await client.send(new GetItemCommand({ ...TABLE, Key: key(id), ConsistentRead: true }))).Item;
const sorted = (item: Item | undefined) => item?.names?.SS?.toSorted();

describe.each(["dynoxide", "dynalite"] as const)("%s", (engine) => {
  const isMissing = engine === "dynoxide" && dynoxidePath() === undefined;
  beforeEach(() => open(engine));

  it.skipIf(isMissing)(
    "queries a global index, which projects all attributes, in the order of its sort key",
    async () => {
      const item = (id: string, owner: string, createdAt: string): Item => ({
        ...key(id),
        owner: { S: owner },
        createdAt: { N: createdAt },
        names: { SS: ["ann"] },
        settings: { M: { size: { N: "1" } } },
      });
      const [first, second] = [item("a", "ann", "9"), item("b", "ann", "10")];
      for (const one of [second, item("c", "bob", "1"), first, { ...key("d"), owner: { S: "ann" } }]) await put(one);
      const query = async (input: object) =>
        client.send(
          new QueryCommand({
            ...TABLE,
            IndexName: "by-owner",
            KeyConditionExpression: "#o = :o",
            ExpressionAttributeNames: { "#o": "owner" },
            ExpressionAttributeValues: { ":o": { S: "ann" } },
            ...input,
          }),
        );
      expect((await query({})).Items).toEqual([first, second]);
      expect((await query({ ScanIndexForward: false })).Items).toEqual([second, first]);
      const page = await query({ Limit: 1 });
      expect(page.Items).toEqual([first]);
      expect((await query({ ExclusiveStartKey: page.LastEvaluatedKey })).Items).toEqual([second]);
    },
  );

  it.skipIf(isMissing)("counts up to a limit, and sets the end of the period once", async () => {
    const attempt = (end: string) =>
      client.send(
        new UpdateItemCommand({
          ...TABLE,
          Key: key("attempts"),
          UpdateExpression: "ADD n :one SET expiresAt = if_not_exists(expiresAt, :end)",
          ConditionExpression: "attribute_not_exists(n) OR n < :limit",
          ExpressionAttributeValues: { ":one": { N: "1" }, ":end": { N: end }, ":limit": { N: "2" } },
          ReturnValues: "ALL_NEW",
        }),
      );
    expect((await attempt("100")).Attributes).toEqual({ ...key("attempts"), n: { N: "1" }, expiresAt: { N: "100" } });
    expect((await attempt("200")).Attributes).toEqual({ ...key("attempts"), n: { N: "2" }, expiresAt: { N: "100" } });
    await expect(attempt("300")).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
    expect((await get("attempts"))?.n).toEqual({ N: "2" });
  });

  it.skipIf(isMissing)("adds to string sets and deletes from them, on conditions", async () => {
    const update = (UpdateExpression: string, names: string[], ConditionExpression?: string) =>
      client.send(
        new UpdateItemCommand({
          ...TABLE,
          Key: key("set"),
          UpdateExpression,
          ConditionExpression,
          ExpressionAttributeNames: { "#s": "names" },
          ExpressionAttributeValues: {
            ":set": { SS: names },
            ...(ConditionExpression?.includes(":n") && { ":n": { S: "ann" } }),
            ...(ConditionExpression?.includes(":one") && { ":one": { N: "1" } }),
          },
        }),
      );
    const failed = { name: "ConditionalCheckFailedException" };
    await update("ADD #s :set", ["ann", "bob"]);
    await update("ADD #s :set", ["bob", "cy"], "contains(#s, :n)");
    expect(sorted(await get("set"))).toEqual(["ann", "bob", "cy"]);
    await update("DELETE #s :set", ["ann", "bob"], "contains(#s, :n) AND size(#s) > :one");
    await expect(update("ADD #s :set", ["dan"], "contains(#s, :n)")).rejects.toMatchObject(failed);
    await expect(update("DELETE #s :set", ["cy"], "size(#s) > :one")).rejects.toMatchObject(failed);
    await update("DELETE #s :set", ["cy"]);
    expect(await get("set")).toEqual(key("set"));
  });
});

describe.skipIf(dynoxidePath() === undefined)("a transaction", () => {
  beforeEach(async () => {
    await open("dynoxide");
    await put({ ...key("one"), names: { SS: ["ann", "bob"] } });
    await put({ ...key("two"), names: { SS: ["cy"] } });
  });

  const write = (...TransactItems: TransactWriteItem[]) =>
    client.send(new TransactWriteItemsCommand({ TransactItems }));

  const change = (id: string, action: "ADD" | "DELETE", names: string[], condition?: string): TransactWriteItem => ({
    Update: {
      ...TABLE,
      Key: key(id),
      UpdateExpression: `${action} #s :set`,
      ConditionExpression: condition,
      ExpressionAttributeNames: { "#s": "names" },
      ExpressionAttributeValues: {
        ":set": { SS: names },
        ...(condition?.includes(":n") && { ":n": { S: names[0] ?? "" } }),
        ...(condition?.includes(":one") && { ":one": { N: "1" } }),
      },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  });

  it("changes several sets when all conditions hold", async () => {
    await write(
      change("one", "DELETE", ["bob"], "contains(#s, :n) AND size(#s) > :one"),
      change("two", "ADD", ["bob"], "NOT contains(#s, :n)"),
      {
        Put: {
          ...TABLE,
          Item: { ...key("three"), names: { SS: ["dan"] } },
          ConditionExpression: "attribute_not_exists(id)",
        },
      },
    );
    expect(sorted(await get("one"))).toEqual(["ann"]);
    expect(sorted(await get("two"))).toEqual(["bob", "cy"]);
    expect(sorted(await get("three"))).toEqual(["dan"]);
  });

  it("changes nothing otherwise, and returns the reasons in the order of its items", async () => {
    const conflicting = write(
      change("one", "ADD", ["dan"]),
      change("two", "DELETE", ["cy"], "size(#s) > :one"),
      { ConditionCheck: { ...TABLE, Key: key("five"), ConditionExpression: "attribute_not_exists(id)" } },
      { Put: { ...TABLE, Item: key("three") } },
      { Delete: { ...TABLE, Key: key("four"), ConditionExpression: "attribute_exists(id)" } },
    );
    await expect(conflicting).rejects.toThrow("[None, ConditionalCheckFailed, None, None, ConditionalCheckFailed]");
    await expect(conflicting).rejects.toMatchObject({ name: "TransactionCanceledException" });
    await conflicting.catch(({ CancellationReasons }) => {
      expect(CancellationReasons.map(({ Code }: { Code: string }) => Code)).toEqual([
        "None",
        "ConditionalCheckFailed",
        "None",
        "None",
        "ConditionalCheckFailed",
      ]);
      expect(CancellationReasons[1]).toMatchObject({
        Message: "The conditional request failed",
        Item: { ...key("two"), names: { SS: ["cy"] } },
      });
    });
    expect(sorted(await get("one"))).toEqual(["ann", "bob"]);
    expect(await get("three")).toBeUndefined();
  });
});
