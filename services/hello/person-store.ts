import { DeleteItemCommand, type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { type CalendarDate, formatCalendarDate, parseCalendarDate } from "./calendar-date.ts";
import type { Person, Username } from "./person.ts";

/** Where people are remembered. */
export interface PersonStore {
  find(username: Username): Promise<Person | undefined>;
  /** Remembers a person, in the place of an earlier one of this name. */
  put(person: Person): Promise<void>;
  /** Leaves nothing of a person; no error when there was nothing. */
  delete(username: Username): Promise<void>;
}

/** The store does not answer, or not in its time. */
export class StoreUnavailableError extends Error {
  override readonly name = "StoreUnavailableError";
  readonly code = "StoreUnavailable";
}

/** One item for each person in a DynamoDB table with the partition key `username`. */
export class DynamoDbPersonStore implements PersonStore {
  readonly #client: Pick<DynamoDBClient, "send">;
  readonly #table: string;

  constructor(client: Pick<DynamoDBClient, "send">, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async find(username: Username): Promise<Person | undefined> {
    // consistent: who was just remembered is found, who was just forgotten is not
    const get = new GetItemCommand({ TableName: this.#table, Key: keyOf(username), ConsistentRead: true });
    const { Item } = await available(this.#client.send(get));
    const text = Item?.dateOfBirth?.S;
    if (text === undefined) return undefined;
    return { username, dateOfBirth: stored(text) };
  }

  async put({ username, dateOfBirth }: Person): Promise<void> {
    const item = { ...keyOf(username), dateOfBirth: { S: formatCalendarDate(dateOfBirth) } };
    await available(this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item })));
  }

  async delete(username: Username): Promise<void> {
    await available(this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: keyOf(username) })));
  }
}

const keyOf = (username: Username) => ({ username: { S: username } });

function stored(text: string): CalendarDate {
  const date = parseCalendarDate(text);
  if (!date) throw new TypeError("the table holds a date of birth that is none");
  return date;
}

async function available<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (cause) {
    throw new StoreUnavailableError("DynamoDB did not answer", { cause });
  }
}
