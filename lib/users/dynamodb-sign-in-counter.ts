import type { DynamoDb } from "../aws/dynamodb.ts";
import type { Clock } from "../time/clock.ts";
import { callDynamoDb, isConditionFailure } from "./dynamodb-errors.ts";
import type { SignInCounter } from "./user-store.ts";

/** Counters in a DynamoDB table with the partition key `subject`, which deletes those of past windows (TTL). */
export class DynamoDbSignInCounter implements SignInCounter {
  readonly #client: DynamoDb;
  readonly #table: string;
  readonly #clock: Clock;

  constructor(client: DynamoDb, table: string, clock: Clock) {
    this.#client = client;
    this.#table = table;
    this.#clock = clock;
  }

  async count(subject: string): Promise<number> {
    const get = { TableName: this.#table, Key: { subject: { S: subject } }, ConsistentRead: true };
    const { Item } = await callDynamoDb(this.#client.call("GetItem", get));
    return Number(Item?.expiresAt?.N ?? 0) > this.#seconds() ? Number(Item?.attempts?.N ?? 0) : 0;
  }

  async add(subject: string, window: number): Promise<number> {
    const counted = (await this.#addToWindow(subject, window)) ?? (await this.#beginWindow(subject, window));
    return counted ?? this.add(subject, window);
  }

  /** Counts in the current window, or in the first one; undefined if the window has ended. */
  #addToWindow(subject: string, window: number): Promise<number | undefined> {
    return this.#update(subject, window, {
      UpdateExpression: "ADD attempts :one SET expiresAt = if_not_exists(expiresAt, :end)",
      ConditionExpression: "attribute_not_exists(expiresAt) OR expiresAt > :now",
    });
  }

  /** Counts the first failure of a new window; undefined if another request has begun it. */
  #beginWindow(subject: string, window: number): Promise<number | undefined> {
    return this.#update(subject, window, {
      UpdateExpression: "SET attempts = :one, expiresAt = :end",
      ConditionExpression: "expiresAt <= :now",
    });
  }

  async #update(
    subject: string,
    window: number,
    expressions: { readonly UpdateExpression: string; readonly ConditionExpression: string },
  ): Promise<number | undefined> {
    const now = this.#seconds();
    const update = {
      TableName: this.#table,
      Key: { subject: { S: subject } },
      ...expressions,
      ExpressionAttributeValues: {
        ":one": { N: "1" },
        ":now": { N: String(now) },
        ":end": { N: String(now + window) },
      },
      ReturnValues: "UPDATED_NEW",
    } as const;
    try {
      const { Attributes } = await callDynamoDb(this.#client.call("UpdateItem", update));
      return Number(Attributes?.attempts?.N);
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    }
  }

  #seconds(): number {
    return Math.floor(this.#clock.now() / 1_000);
  }
}
