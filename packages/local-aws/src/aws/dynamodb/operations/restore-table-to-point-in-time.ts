import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { authorizedTable } from "../authorized-table.ts";
import { copyTable } from "../copy-table.ts";
import { tableArn } from "../table-arn.ts";
import type { DynamoDbContext } from "./context.ts";

interface Input {
  readonly SourceTableName?: string;
  readonly TargetTableName?: string;
  readonly UseLatestRestorableTime?: boolean;
}

/**
 * Copies the table as it is now, because the local AWS stores no history. The new table is complete when the call
 * returns; on AWS that takes minutes.
 */
export const restoreTableToPointInTime =
  (context: DynamoDbContext) =>
  async (input: Input, call: Call): Promise<object> => {
    const { SourceTableName: source = "", TargetTableName: target = "", UseLatestRestorableTime } = input;
    const { pointInTimeRecovery } = authorizedTable(context, source, call, "dynamodb:RestoreTableToPointInTime");
    call.authorize("dynamodb:RestoreTableToPointInTime", tableArn(target));
    if (!pointInTimeRecovery) {
      throw new AwsError("PointInTimeRecoveryUnavailableException", "Point in time recovery is not enabled.");
    }
    if (UseLatestRestorableTime !== true) {
      throw new AwsError(
        "InvalidRestoreTimeException",
        "The local AWS restores the latest state only. Set UseLatestRestorableTime.",
      );
    }
    await copyTable(context.engine, source, target);
    const { Table } = await context.engine.call<{ Table: object }>("DescribeTable", { TableName: target });
    return { TableDescription: Table };
  };
