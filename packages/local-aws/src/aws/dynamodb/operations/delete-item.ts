import type { Operation } from "../../../gateway/protocol.ts";
import { engineOperation } from "../engine-operation.ts";
import { onItem } from "../permissions.ts";
import type { DynamoDbContext } from "./context.ts";

export const deleteItem = (context: DynamoDbContext): Operation =>
  engineOperation(context, "DeleteItem", onItem("dynamodb:DeleteItem"));
