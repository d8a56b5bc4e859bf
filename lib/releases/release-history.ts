import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { DynamoDb } from "../aws/dynamodb.ts";
import type { Release, Serving } from "./release.ts";

/** The log of releases, in a DynamoDB table with the keys `stage` and `at`. */
export class ReleaseHistory {
  readonly #client: DynamoDb;
  readonly #table: string;

  constructor(client: DynamoDb, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async add({ stage, at, action, from, to, by }: Release): Promise<void> {
    const Item = { stage, at, action, from: JSON.stringify(from), to: JSON.stringify(to), by };
    const texts = Object.entries(Item).map(([name, S]) => [name, { S }] as const);
    await this.#client.call("PutItem", { TableName: this.#table, Item: Object.fromEntries(texts) });
  }

  /** The latest releases of a stage, oldest first. */
  async of(stage: string, limit = 100): Promise<Release[]> {
    const { Items = [] } = await this.#client.call("Query", {
      TableName: this.#table,
      KeyConditionExpression: "stage = :stage",
      ExpressionAttributeValues: { ":stage": { S: stage } },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: limit,
    });
    return Items.map(toRelease).reverse();
  }
}

function toRelease(item: Readonly<Record<string, AttributeValue>>): Release {
  const text = (name: string): string => item[name]?.S ?? "";
  const serving = (name: string): Serving => JSON.parse(text(name)) as Serving;
  return {
    stage: text("stage"),
    at: text("at"),
    action: text("action") as Release["action"],
    from: serving("from"),
    to: serving("to"),
    by: text("by"),
  };
}
