import type { Operation } from "../../../gateway/protocol.ts";
import { engineOperation } from "../engine-operation.ts";
import { onRequestedTables } from "../permissions.ts";
import type { DynamoDbContext } from "./context.ts";

export const batchWriteItem = (context: DynamoDbContext): Operation =>
  engineOperation(context, "BatchWriteItem", onRequestedTables("dynamodb:BatchWriteItem"));
