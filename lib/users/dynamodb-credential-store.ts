import type { DynamoDb } from "../aws/dynamodb.ts";
import { callDynamoDb } from "./dynamodb-errors.ts";
import { fromCredential, type Item, toCredential } from "./dynamodb-items.ts";
import type { Credential } from "./user.ts";
import type { CredentialStore } from "./user-store.ts";

/** The global secondary index of the table, whose partition key is `user`. */
export const CREDENTIALS_BY_USER = "by-user";

/** Access keys and sessions in a DynamoDB table with the partition key `hash`, which deletes expired ones (TTL). */
export class DynamoDbCredentialStore implements CredentialStore {
  readonly #client: DynamoDb;
  readonly #table: string;

  constructor(client: DynamoDb, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async find(hash: string): Promise<Credential | undefined> {
    const get = { TableName: this.#table, Key: { hash: { S: hash } }, ConsistentRead: true };
    const { Item } = await callDynamoDb(this.#client.call("GetItem", get));
    return Item && toCredential(Item);
  }

  async save(credential: Credential): Promise<void> {
    const put = { TableName: this.#table, Item: fromCredential(credential) };
    await callDynamoDb(this.#client.call("PutItem", put));
  }

  async list(user: string): Promise<readonly Credential[]> {
    const credentials: Credential[] = [];
    let start: Item | undefined;
    do {
      const query = {
        TableName: this.#table,
        IndexName: CREDENTIALS_BY_USER,
        KeyConditionExpression: "#user = :user",
        ExpressionAttributeNames: { "#user": "user" },
        ExpressionAttributeValues: { ":user": { S: user } },
        ...(start && { ExclusiveStartKey: start }),
      };
      const { Items = [], LastEvaluatedKey } = await callDynamoDb(this.#client.call("Query", query));
      credentials.push(...Items.map(toCredential));
      start = LastEvaluatedKey;
    } while (start);
    return credentials.toSorted((one, other) => one.createdAt - other.createdAt);
  }

  async remove(hash: string): Promise<void> {
    const remove = { TableName: this.#table, Key: { hash: { S: hash } } };
    await callDynamoDb(this.#client.call("DeleteItem", remove));
  }
}
