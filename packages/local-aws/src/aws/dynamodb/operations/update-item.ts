import type { Operation } from "../../../gateway/protocol.ts";
import { engineOperation } from "../engine-operation.ts";
import { onTable } from "../permissions.ts";
import type { DynamoDbContext } from "./context.ts";

export const updateItem = (context: DynamoDbContext): Operation =>
  engineOperation(context, "UpdateItem", onTable("dynamodb:UpdateItem"));
