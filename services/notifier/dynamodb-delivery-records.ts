import type { AttributeValue, UpdateItemCommandInput } from "@aws-sdk/client-dynamodb";
import { hasCode } from "../../lib/aws/aws-error.ts";
import type { DynamoDb } from "../../lib/aws/dynamodb.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { AlarmChange, AlarmState } from "./alarm-change.ts";
import type { CountedWindow, DeliveryRecords, Grant } from "./delivery-records.ts";

/** Longer than the timeout of the function, so that no other invocation begins while one may still be sending. */
const RESERVATION_MS = 90_000;
/** Longer than the 14 days for which the dead-letter queue keeps a message, which may be sent again. */
const RETENTION_SECONDS = 30 * 24 * 3600;

const STATE = "state";
const WINDOW = { subject: { S: "window" }, entry: { S: "current" } };

type Values = Record<string, AttributeValue>;

/**
 * The records in a DynamoDB table with the keys `subject` and `entry`, which deletes them when they expire (TTL). The
 * state of each alarm is one item per recipient, the window is one item, and each collected change is an item of the
 * subject `digest <start of the window>`.
 */
export class DynamoDbDeliveryRecords implements DeliveryRecords {
  readonly #client: DynamoDb;
  readonly #table: string;
  readonly #clock: Clock;
  readonly #window: number;

  /** @param window milliseconds in which changes are counted. */
  constructor(client: DynamoDb, table: string, window: number, clock: Clock) {
    this.#client = client;
    this.#table = table;
    this.#window = window;
    this.#clock = clock;
  }

  async begin(subject: string, changedAt: string): Promise<Grant> {
    const now = this.#clock.now();
    const before = await this.#update({
      Key: keyOf(subject, STATE),
      UpdateExpression: "SET reservedUntil = :until, attempted = :at, expiresAt = :expires",
      ConditionExpression:
        "(attribute_not_exists(reservedUntil) OR reservedUntil < :now) AND " +
        "(attribute_not_exists(changedAt) OR changedAt < :at)",
      ExpressionAttributeValues: {
        ":until": { N: String(now + RESERVATION_MS) },
        ":now": { N: String(now) },
        ":at": { S: changedAt },
        ":expires": this.#expiry(),
      },
      ReturnValues: "ALL_OLD",
    });
    if (before) {
      const { state, attempted } = before;
      return { kind: "granted", lastState: state?.S as AlarmState | undefined, isRetry: attempted?.S === changedAt };
    }
    const get = { TableName: this.#table, Key: keyOf(subject, STATE), ConsistentRead: true };
    const { Item } = await this.#client.call("GetItem", get);
    return { kind: (Item?.changedAt?.S ?? "") >= changedAt ? "superseded" : "busy" };
  }

  async finish(subject: string, changedAt: string, state: AlarmState): Promise<void> {
    await this.#update({
      Key: keyOf(subject, STATE),
      UpdateExpression: "SET changedAt = :at, #state = :state, expiresAt = :expires REMOVE reservedUntil",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":at": { S: changedAt }, ":state": { S: state }, ":expires": this.#expiry() },
    });
  }

  async abandon(subject: string): Promise<void> {
    await this.#update({ Key: keyOf(subject, STATE), UpdateExpression: "REMOVE reservedUntil" });
  }

  async count(): Promise<CountedWindow> {
    return (await this.#countInWindow()) ?? (await this.#beginWindow()) ?? this.count();
  }

  /** Undefined when there is no window, or it has ended. */
  #countInWindow(): Promise<CountedWindow | undefined> {
    return this.#updateWindow({
      UpdateExpression: "ADD changes :one",
      ConditionExpression: "startedAt > :past",
      ExpressionAttributeValues: { ":one": { N: "1" }, ":past": { N: String(this.#clock.now() - this.#window) } },
    });
  }

  /** Undefined when another invocation has begun one. */
  #beginWindow(): Promise<CountedWindow | undefined> {
    const now = this.#clock.now();
    return this.#updateWindow({
      UpdateExpression: "SET changes = :one, startedAt = :now, scheduled = :no",
      ConditionExpression: "attribute_not_exists(startedAt) OR startedAt <= :past",
      ExpressionAttributeValues: {
        ":one": { N: "1" },
        ":now": { N: String(now) },
        ":past": { N: String(now - this.#window) },
        ":no": { BOOL: false },
      },
    });
  }

  async #updateWindow(input: Omit<UpdateItemCommandInput, "TableName" | "Key">): Promise<CountedWindow | undefined> {
    const after = await this.#update({ ...input, Key: WINDOW, ReturnValues: "ALL_NEW" });
    if (!after) return undefined;
    const { startedAt, changes, scheduled } = after;
    return { startedAt: Number(startedAt?.N), count: Number(changes?.N), scheduled: scheduled?.BOOL === true };
  }

  async collect(startedAt: number, change: AlarmChange): Promise<void> {
    const Item = {
      ...collectedKey(startedAt, change),
      change: { S: JSON.stringify(change) },
      expiresAt: this.#expiry(),
    };
    await this.#client.call("PutItem", { TableName: this.#table, Item });
  }

  async markScheduled(startedAt: number): Promise<void> {
    // A failed condition means that a later window has begun, which needs a digest of its own.
    await this.#update({
      Key: WINDOW,
      UpdateExpression: "SET scheduled = :yes",
      ConditionExpression: "startedAt = :started",
      ExpressionAttributeValues: { ":yes": { BOOL: true }, ":started": { N: String(startedAt) } },
    });
  }

  async collected(startedAt: number): Promise<readonly AlarmChange[]> {
    const changes: AlarmChange[] = [];
    let ExclusiveStartKey: Values | undefined;
    do {
      const page = await this.#client.call("Query", {
        TableName: this.#table,
        KeyConditionExpression: "subject = :subject",
        ExpressionAttributeValues: { ":subject": { S: digestSubject(startedAt) } },
        ConsistentRead: true,
        ExclusiveStartKey,
      });
      for (const { change } of page.Items ?? []) changes.push(JSON.parse(change?.S ?? "") as AlarmChange);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return changes;
  }

  async forget(startedAt: number, changes: readonly AlarmChange[]): Promise<void> {
    for (const change of changes) {
      const Key = collectedKey(startedAt, change);
      await this.#client.call("DeleteItem", { TableName: this.#table, Key });
    }
  }

  /** Undefined when the condition fails; otherwise the attributes that `ReturnValues` selects. */
  async #update(input: Omit<UpdateItemCommandInput, "TableName">): Promise<Values | undefined> {
    try {
      const { Attributes = {} } = await this.#client.call("UpdateItem", { ...input, TableName: this.#table });
      return Attributes;
    } catch (error) {
      if (hasCode(error, "ConditionalCheckFailedException")) return undefined;
      throw error;
    }
  }

  #expiry(): AttributeValue {
    return { N: String(Math.floor(this.#clock.now() / 1000) + RETENTION_SECONDS) };
  }
}

const keyOf = (subject: string, entry: string) => ({ subject: { S: subject }, entry: { S: entry } });

const digestSubject = (startedAt: number): string => `digest ${startedAt}`;

/** Sorted by time. One change has one key, so that a change that is collected twice is listed once. */
const collectedKey = (startedAt: number, { changedAt, arn }: AlarmChange) =>
  keyOf(digestSubject(startedAt), `${changedAt} ${arn}`);
