import type { Call } from "../../../gateway/protocol.ts";
import { authorizedTable } from "../authorized-table.ts";
import type { DynamoDbContext } from "./context.ts";

interface Input {
  readonly TableName?: string;
}

const DAY_SECONDS = 86_400;

export const describeContinuousBackups =
  (context: DynamoDbContext) =>
  ({ TableName = "" }: Input, call: Call): object => {
    const settings = authorizedTable(context, TableName, call, "dynamodb:DescribeContinuousBackups");
    const { pointInTimeRecovery, recoveryPeriodDays } = settings;
    const now = context.clock.now() / 1_000;
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
  };
