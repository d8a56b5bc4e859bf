import type { Operation } from "../../../gateway/protocol.ts";
import type { DynamoDbContext } from "./context.ts";
import { describeContinuousBackups } from "./describe-continuous-backups.ts";
import { engineOperation } from "./engine-operation.ts";
import { listTagsOfResource } from "./list-tags-of-resource.ts";
import { onAllTables, onRequestedTables, onTable, onTableOrIndex, onTransactionItems } from "./permissions.ts";
import { restoreTableToPointInTime } from "./restore-table-to-point-in-time.ts";

/** The engine serves tables and items. What Terraform recorded, such as backups and tags, is served here. */
export function dynamoDbOperations(context: DynamoDbContext): Readonly<Record<string, Operation>> {
  return {
    BatchGetItem: engineOperation(context, "BatchGetItem", onRequestedTables("dynamodb:BatchGetItem")),
    BatchWriteItem: engineOperation(context, "BatchWriteItem", onRequestedTables("dynamodb:BatchWriteItem")),
    CreateTable: engineOperation(context, "CreateTable", onTable("dynamodb:CreateTable")),
    DeleteItem: engineOperation(context, "DeleteItem", onTable("dynamodb:DeleteItem")),
    DeleteTable: engineOperation(context, "DeleteTable", onTable("dynamodb:DeleteTable")),
    DescribeContinuousBackups: describeContinuousBackups(context),
    DescribeTable: engineOperation(context, "DescribeTable", onTable("dynamodb:DescribeTable")),
    DescribeTimeToLive: engineOperation(context, "DescribeTimeToLive", onTable("dynamodb:DescribeTimeToLive")),
    GetItem: engineOperation(context, "GetItem", onTable("dynamodb:GetItem")),
    ListTables: engineOperation(context, "ListTables", onAllTables("dynamodb:ListTables")),
    ListTagsOfResource: listTagsOfResource(context),
    PutItem: engineOperation(context, "PutItem", onTable("dynamodb:PutItem")),
    Query: engineOperation(context, "Query", onTableOrIndex("dynamodb:Query")),
    RestoreTableToPointInTime: restoreTableToPointInTime(context),
    Scan: engineOperation(context, "Scan", onTableOrIndex("dynamodb:Scan")),
    TransactGetItems: engineOperation(context, "TransactGetItems", onTransactionItems({ Get: "dynamodb:GetItem" })),
    TransactWriteItems: engineOperation(
      context,
      "TransactWriteItems",
      onTransactionItems({
        ConditionCheck: "dynamodb:ConditionCheckItem",
        Delete: "dynamodb:DeleteItem",
        Put: "dynamodb:PutItem",
        Update: "dynamodb:UpdateItem",
      }),
    ),
    UpdateItem: engineOperation(context, "UpdateItem", onTable("dynamodb:UpdateItem")),
    UpdateTable: engineOperation(context, "UpdateTable", onTable("dynamodb:UpdateTable")),
    UpdateTimeToLive: engineOperation(context, "UpdateTimeToLive", onTable("dynamodb:UpdateTimeToLive")),
  };
}
