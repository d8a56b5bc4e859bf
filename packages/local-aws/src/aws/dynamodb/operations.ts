import type { Call, Operation } from "../../gateway/protocol.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Engine } from "./engine.ts";
import { TABLE_ACTIONS } from "./permissions.ts";
import { type RestoreInput, restoreTable } from "./restore.ts";
import { tableArn, tableName } from "./table-arn.ts";
import type { TableSettings } from "./table-settings.ts";

const DAY_SECONDS = 86_400;

/** The actions of DynamoDB, by AWS's names: those on tables and items are the engine's, the rest is answered from what Terraform recorded. */
export function dynamoDbOperations(
  engine: Engine,
  settings: ReadonlyMap<string, TableSettings>,
  clock: Clock,
): Readonly<Record<string, Operation>> {
  const existing = (reference: string, action: string, call: Call): TableSettings => {
    call.authorize(`dynamodb:${action}`, tableArn(reference));
    const found = settings.get(tableName(reference));
    if (!found) throw new AwsError("TableNotFoundException", `Table not found: ${tableName(reference)}`);
    return found;
  };
  const onTables = Object.entries(TABLE_ACTIONS).map(([action, permissions]): [string, Operation] => [
    action,
    (input: Readonly<Record<string, unknown>>, call: Call) => {
      for (const [needed, resource] of permissions(input)) call.authorize(`dynamodb:${needed}`, resource);
      return engine.call(action, input);
    },
  ]);
  return {
    ...Object.fromEntries(onTables),
    DescribeContinuousBackups({ TableName }: { TableName: string }, call: Call) {
      const { pointInTimeRecovery, recoveryPeriodDays } = existing(TableName, "DescribeContinuousBackups", call);
      const now = clock.now() / 1_000;
      return {
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: "ENABLED",
          PointInTimeRecoveryDescription: pointInTimeRecovery
            ? {
                PointInTimeRecoveryStatus: "ENABLED",
                RecoveryPeriodInDays: recoveryPeriodDays,
                EarliestRestorableDateTime: now - recoveryPeriodDays * DAY_SECONDS,
                LatestRestorableDateTime: now,
              }
            : { PointInTimeRecoveryStatus: "DISABLED" },
        },
      };
    },
    RestoreTableToPointInTime(input: RestoreInput, call: Call) {
      const { pointInTimeRecovery } = existing(input.SourceTableName ?? "", "RestoreTableToPointInTime", call);
      call.authorize("dynamodb:RestoreTableToPointInTime", tableArn(input.TargetTableName ?? ""));
      if (!pointInTimeRecovery) {
        throw new AwsError("PointInTimeRecoveryUnavailableException", "Point in time recovery is not enabled.");
      }
      return restoreTable(engine, input);
    },
    ListTagsOfResource({ ResourceArn }: { ResourceArn: string }, call: Call) {
      const { tags } = existing(ResourceArn, "ListTagsOfResource", call);
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}
