import { createHash } from "node:crypto";
import {
  type AttributeValue,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  type DynamoDBClient,
  paginateScan,
  RestoreTableToPointInTimeCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import { CommandError } from "../command-line/errors.ts";

export interface DrillReport {
  readonly table: string;
  /** Items in the table and in the restored copy. */
  readonly people: { readonly now: number; readonly restored: number };
  /** Restored items that equal the current ones. The others have changed since then. */
  readonly same: number;
  /** The latest time to which the table could be restored. */
  readonly restorableUntil: string;
  /** Seconds that the restore took. */
  readonly seconds: number;
}

/** The table cannot be restored. */
export class DrillError extends CommandError {
  override readonly name = "DrillError";
  readonly code = "NOT_RESTORABLE";
}

/**
 * Seconds. A small table takes a few minutes:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.Tutorial.html
 */
const MAX_WAIT = 3600;

/**
 * Restores a table to its latest restorable time as a copy, compares both, and always deletes the copy.
 *
 * @throws DrillError when the table has no point-in-time recovery.
 */
export async function restoreDrill(
  client: DynamoDBClient,
  table: string,
  log: (line: string) => void,
): Promise<DrillReport> {
  const restorableUntil = await latestRestorableTime(client, table);
  const restored = `${table}-drill`;
  log(`Restoring ${table} as of ${restorableUntil} to ${restored} …`);
  const startedAt = performance.now();
  await client.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: table,
      TargetTableName: restored,
      UseLatestRestorableTime: true,
    }),
  );
  try {
    await waitUntilTableExists({ client, maxWaitTime: MAX_WAIT }, { TableName: restored });
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    log(`Restored in ${seconds} s. Comparing …`);
    const [now, then] = await Promise.all([digests(client, table), digests(client, restored)]);
    const same = [...then].filter(([username, digest]) => now.get(username) === digest).length;
    return { table, people: { now: now.size, restored: then.size }, same, restorableUntil, seconds };
  } finally {
    await client.send(new DeleteTableCommand({ TableName: restored }));
    await waitUntilTableNotExists({ client, maxWaitTime: MAX_WAIT }, { TableName: restored });
    log(`Deleted ${restored}.`);
  }
}

async function latestRestorableTime(client: DynamoDBClient, table: string): Promise<string> {
  const { ContinuousBackupsDescription } = await client.send(
    new DescribeContinuousBackupsCommand({ TableName: table }),
  );
  const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  if (recovery?.PointInTimeRecoveryStatus !== "ENABLED" || !recovery.LatestRestorableDateTime) {
    throw new DrillError(`The table ${table} has no point-in-time recovery: it cannot be restored.`);
  }
  return recovery.LatestRestorableDateTime.toISOString();
}

/** Username → digest of the whole item, so that no personal data remains in memory or is printed. */
async function digests(client: DynamoDBClient, TableName: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    for (const item of Items) found.set(item.username?.S ?? "", digest(item));
  }
  return found;
}

function digest(item: Readonly<Record<string, AttributeValue>>): string {
  const sorted = Object.entries(item).sort(([one], [other]) => one.localeCompare(other));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}
