import type { DynamoDb } from "../../lib/aws/dynamodb.ts";
import { type CalendarDate, formatCalendarDate, parseCalendarDate } from "./calendar-date.ts";
import type { Person, Username } from "./person.ts";

/** Stores people by username. */
export interface PersonStore {
  find(username: Username): Promise<Person | undefined>;
  /** Saves a person, replacing an earlier one with the same username. */
  put(person: Person): Promise<void>;
  /** Succeeds also when there is no such person. */
  delete(username: Username): Promise<void>;
}

/** The store does not respond in time. */
export class StoreUnavailableError extends Error {
  override readonly name = "StoreUnavailableError";
  readonly code = "StoreUnavailable";
}

/** One item per person in a DynamoDB table with the partition key `username`. */
export class DynamoDbPersonStore implements PersonStore {
  readonly #client: DynamoDb;
  readonly #table: string;

  constructor(client: DynamoDb, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async find(username: Username): Promise<Person | undefined> {
    // A consistent read: it returns a person who was just saved, and not one who was just deleted.
    const get = { TableName: this.#table, Key: keyOf(username), ConsistentRead: true };
    const { Item } = await translateErrors(this.#client.call("GetItem", get));
    const text = Item?.dateOfBirth?.S;
    if (text === undefined) return undefined;
    return { username, dateOfBirth: parseStored(text) };
  }

  async put({ username, dateOfBirth }: Person): Promise<void> {
    const item = { ...keyOf(username), dateOfBirth: { S: formatCalendarDate(dateOfBirth) } };
    await translateErrors(this.#client.call("PutItem", { TableName: this.#table, Item: item }));
  }

  async delete(username: Username): Promise<void> {
    await translateErrors(this.#client.call("DeleteItem", { TableName: this.#table, Key: keyOf(username) }));
  }
}

const keyOf = (username: Username) => ({ username: { S: username } });

function parseStored(text: string): CalendarDate {
  const date = parseCalendarDate(text);
  if (!date) throw new TypeError("The table contains an invalid date of birth");
  return date;
}

async function translateErrors<Result>(operation: Promise<Result>): Promise<Result> {
  try {
    return await operation;
  } catch (cause) {
    throw new StoreUnavailableError("DynamoDB did not respond", { cause });
  }
}
