import { DeleteItemCommand, type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { Username } from "../../services/hello/person.ts";

/** All that the system knows of a person: what GDPR article 15 lets them ask for. */
export interface PersonalData {
  readonly username: string;
  /** Attribute → value, of every attribute that there is. */
  readonly remembered: Readonly<Record<string, string>>;
  readonly exportedAt: string;
  /** Where traces of it are besides, and for how long. */
  readonly keptElsewhere: readonly string[];
}

/** @returns undefined when nothing is known of the name. */
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
  const remembered = Object.entries(Item).map(([name, value]) => [name, Object.values(value).join()] as const);
  return {
    username,
    remembered: Object.fromEntries(remembered),
    exportedAt: now.toISOString(),
    keptElsewhere: [
      `the point-in-time recovery of the table ${table}, 35 days back; no log has names or dates of birth`,
    ],
  };
}

/** @returns whether anything was known of the name. */
export async function erasePerson(client: DynamoDBClient, table: string, username: Username): Promise<boolean> {
  const { Attributes } = await client.send(
    new DeleteItemCommand({ TableName: table, Key: { username: { S: username } }, ReturnValues: "ALL_OLD" }),
  );
  return Attributes !== undefined;
}
