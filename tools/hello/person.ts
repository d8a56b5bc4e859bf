import { DeleteItemCommand, type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { Username } from "../../services/hello/person.ts";

/** All data of a person, as GDPR article 15 grants access to it. */
export interface PersonalData {
  readonly username: string;
  /** Every attribute → its value. */
  readonly remembered: Readonly<Record<string, string>>;
  readonly exportedAt: string;
  /** Other places that contain the data, and for how long. */
  readonly keptElsewhere: readonly string[];
}

/** @returns undefined when there is no data of this person. */
export async function exportPerson(
  client: DynamoDBClient,
  table: string,
  username: Username,
  now: Date,
): Promise<PersonalData | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: { username: { S: username } }, ConsistentRead: true }),
  );
  if (!Item) return undefined;
  const attributes = Object.entries(Item).map(([name, value]) => [name, Object.values(value).join()] as const);
  return {
    username,
    remembered: Object.fromEntries(attributes),
    exportedAt: now.toISOString(),
    keptElsewhere: [
      `the point-in-time recovery of the table ${table}, for 35 days; no log contains names or dates of birth`,
    ],
  };
}

/** @returns whether there was data of this person. */
export async function erasePerson(client: DynamoDBClient, table: string, username: Username): Promise<boolean> {
  const { Attributes } = await client.send(
    new DeleteItemCommand({ TableName: table, Key: { username: { S: username } }, ReturnValues: "ALL_OLD" }),
  );
  return Attributes !== undefined;
}
