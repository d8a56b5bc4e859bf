import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CancellationReason, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { DynamoDb } from "../aws/dynamodb.ts";
import { callDynamoDb, isCanceledTransaction, isConditionFailure } from "./dynamodb-errors.ts";
import { fromUser, type Item, toUser } from "./dynamodb-items.ts";
import { isAdministrator } from "./grants.ts";
import type { User } from "./user.ts";
import { UserError } from "./user-error.ts";
import type { UserName } from "./user-name.ts";
import type { PasswordRehash, UserStore } from "./user-store.ts";

/**
 * The name of the item with the names of all active administrators. It is changed in the same transaction as the users,
 * so that two concurrent changes cannot remove the last two administrators. No user can have this name.
 */
const ADMINISTRATORS = "#administrators";

/** Attempts of a change while others change the same user, and the pause before each, which grows. */
const MAX_ATTEMPTS = 8;
const PAUSE_MS = 20;

const CONDITION_FAILED = "ConditionalCheckFailed";

/** Users in a DynamoDB table with the partition key `name`. */
export class DynamoDbUserStore implements UserStore, PasswordRehash {
  readonly #client: DynamoDb;
  readonly #table: string;

  constructor(client: DynamoDb, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async find(name: UserName): Promise<User | undefined> {
    const item = await this.#get(name);
    return item && toUser(item);
  }

  async list(): Promise<readonly User[]> {
    const users: User[] = [];
    let start: Item | undefined;
    do {
      const scan = { TableName: this.#table, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) };
      const { Items = [], LastEvaluatedKey } = await callDynamoDb(this.#client.call("Scan", scan));
      users.push(...Items.filter(({ name }) => name?.S !== ADMINISTRATORS).map(toUser));
      start = LastEvaluatedKey;
    } while (start);
    return users.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }

  async create(user: User): Promise<void> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const cancelled = await this.#transact([this.#putNew(user), ...this.#administratorChange(undefined, user)]);
      if (!cancelled) return;
      if (cancelled[0] === CONDITION_FAILED) throw new UserError("UserExists", `There is already a user ${user.name}.`);
    }
    throw concurrentChange(user.name);
  }

  async createFirst(user: User): Promise<boolean> {
    const administrators: TransactWriteItem = {
      Put: {
        TableName: this.#table,
        Item: { name: { S: ADMINISTRATORS }, names: { SS: [user.name] } },
        ConditionExpression: "attribute_not_exists(#name)",
        ExpressionAttributeNames: { "#name": "name" },
      },
    };
    return (await this.#transact([administrators, this.#putNew(user)])) === undefined;
  }

  async update(name: UserName, change: (user: User) => User): Promise<User> {
    return this.#changeCurrent(name, (user, version) => {
      const changed = change(user);
      const put = this.#put(changed, version + 1, unchangedSince(version));
      return { result: changed, items: [put, ...this.#administratorChange(user, changed)] };
    });
  }

  async remove(name: UserName): Promise<void> {
    await this.#changeCurrent(name, (user, version) => {
      const { ConditionExpression, names, values } = unchangedSince(version);
      const remove: TransactWriteItem = {
        Delete: {
          TableName: this.#table,
          Key: { name: { S: name } },
          ConditionExpression,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values,
        },
      };
      return { result: undefined, items: [remove, ...this.#administratorChange(user, undefined)] };
    });
  }

  async replaceHash(name: UserName, from: string, to: string): Promise<void> {
    const update = {
      TableName: this.#table,
      Key: { name: { S: name } },
      UpdateExpression: "SET passwordHash = :to",
      ConditionExpression: "passwordHash = :from",
      ExpressionAttributeValues: { ":from": { S: from }, ":to": { S: to } },
    };
    try {
      await callDynamoDb(this.#client.call("UpdateItem", update));
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
    }
  }

  async #get(name: string): Promise<Item | undefined> {
    const get = { TableName: this.#table, Key: { name: { S: name } }, ConsistentRead: true };
    return (await callDynamoDb(this.#client.call("GetItem", get))).Item;
  }

  /** Applies a change to the current user, again when another change came first. */
  async #changeCurrent<Result>(
    name: UserName,
    change: (user: User, version: number) => { readonly result: Result; readonly items: readonly TransactWriteItem[] },
  ): Promise<Result> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      // Others change the same user: they must not meet again at the same time.
      if (attempt > 1) await sleep(Math.random() * PAUSE_MS * attempt);
      const item = await this.#get(name);
      if (!item) throw new UserError("UserNotFound", `There is no user ${name}.`);
      const { result, items } = change(toUser(item), Number(item.version?.N));
      const cancelled = await this.#transact(items);
      if (!cancelled) return result;
      const [user, administrators] = cancelled;
      if (user !== CONDITION_FAILED && administrators === CONDITION_FAILED) {
        throw new UserError("LastAdministrator", `${name} is the last administrator. Add another one first.`);
      }
    }
    throw concurrentChange(name);
  }

  #putNew(user: User): TransactWriteItem {
    return this.#put(user, 1, { ConditionExpression: "attribute_not_exists(#name)", names: { "#name": "name" } });
  }

  #put(user: User, version: number, { ConditionExpression, names, values }: Condition): TransactWriteItem {
    return {
      Put: {
        TableName: this.#table,
        Item: { ...fromUser(user), version: { N: String(version) } },
        ConditionExpression,
        ExpressionAttributeNames: names,
        ...(values && { ExpressionAttributeValues: values }),
      },
    };
  }

  /** Adds or removes the user in the set of administrators if the change requires it. */
  #administratorChange(before: User | undefined, after: User | undefined): TransactWriteItem[] {
    const was = before !== undefined && isActiveAdministrator(before);
    const is = after !== undefined && isActiveAdministrator(after);
    const name = (after ?? before)?.name ?? "";
    if (was === is) return [];
    const common = {
      TableName: this.#table,
      Key: { name: { S: ADMINISTRATORS } },
      ExpressionAttributeNames: { "#names": "names" },
    };
    const names = { SS: [name] };
    if (is) {
      const values = { ":names": names };
      return [{ Update: { ...common, UpdateExpression: "ADD #names :names", ExpressionAttributeValues: values } }];
    }
    return [
      {
        Update: {
          ...common,
          UpdateExpression: "DELETE #names :names",
          ConditionExpression: "size(#names) > :one",
          ExpressionAttributeValues: { ":names": names, ":one": { N: "1" } },
        },
      },
    ];
  }

  /** @returns the reasons, in the order of the items, if a condition failed or another transaction conflicts */
  async #transact(items: readonly TransactWriteItem[]): Promise<readonly string[] | undefined> {
    // With the token, a repeated request whose first response was lost succeeds too.
    const transaction = { TransactItems: [...items], ClientRequestToken: randomUUID() };
    try {
      await callDynamoDb(this.#client.call("TransactWriteItems", transaction));
      return undefined;
    } catch (error) {
      if (!isCanceledTransaction(error)) throw error;
      const reasons = (error.details.CancellationReasons ?? []) as readonly CancellationReason[];
      return reasons.map(({ Code }) => Code ?? "None");
    }
  }
}

interface Condition {
  readonly ConditionExpression: string;
  readonly names: Record<string, string>;
  readonly values?: Item;
}

const unchangedSince = (version: number): Required<Condition> => ({
  ConditionExpression: "#version = :version",
  names: { "#version": "version" },
  values: { ":version": { N: String(version) } },
});

const concurrentChange = (name: string): UserError =>
  new UserError("ConcurrentChange", `The user ${name} is being changed by others. Try again.`);

const isActiveAdministrator = ({ state, grants }: User): boolean => state === "active" && isAdministrator(grants);
