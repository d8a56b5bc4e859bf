import type { Operation } from "../../../gateway/protocol.ts";
import { batchGetItem } from "./batch-get-item.ts";
import { batchWriteItem } from "./batch-write-item.ts";
import type { DynamoDbContext } from "./context.ts";
import { createTable } from "./create-table.ts";
import { deleteItem } from "./delete-item.ts";
import { deleteTable } from "./delete-table.ts";
import { describeContinuousBackups } from "./describe-continuous-backups.ts";
import { describeTable } from "./describe-table.ts";
import { describeTimeToLive } from "./describe-time-to-live.ts";
import { getItem } from "./get-item.ts";
import { listTables } from "./list-tables.ts";
import { listTagsOfResource } from "./list-tags-of-resource.ts";
import { putItem } from "./put-item.ts";
import { query } from "./query.ts";
import { restoreTableToPointInTime } from "./restore-table-to-point-in-time.ts";
import { scan } from "./scan.ts";
import { transactGetItems } from "./transact-get-items.ts";
import { transactWriteItems } from "./transact-write-items.ts";
import { updateItem } from "./update-item.ts";
import { updateTable } from "./update-table.ts";
import { updateTimeToLive } from "./update-time-to-live.ts";

/** The engine serves tables and items. What Terraform recorded, such as backups and tags, is served here. */
export function dynamoDbOperations(context: DynamoDbContext): Readonly<Record<string, Operation>> {
  return {
    BatchGetItem: batchGetItem(context),
    BatchWriteItem: batchWriteItem(context),
    CreateTable: createTable(context),
    DeleteItem: deleteItem(context),
    DeleteTable: deleteTable(context),
    DescribeContinuousBackups: describeContinuousBackups(context),
    DescribeTable: describeTable(context),
    DescribeTimeToLive: describeTimeToLive(context),
    GetItem: getItem(context),
    ListTables: listTables(context),
    ListTagsOfResource: listTagsOfResource(context),
    PutItem: putItem(context),
    Query: query(context),
    RestoreTableToPointInTime: restoreTableToPointInTime(context),
    Scan: scan(context),
    TransactGetItems: transactGetItems(context),
    TransactWriteItems: transactWriteItems(context),
    UpdateItem: updateItem(context),
    UpdateTable: updateTable(context),
    UpdateTimeToLive: updateTimeToLive(context),
  };
}
