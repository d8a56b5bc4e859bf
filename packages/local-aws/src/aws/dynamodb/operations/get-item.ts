import type { Operation } from "../../../gateway/protocol.ts";
import { engineOperation } from "../engine-operation.ts";
import { onItem } from "../permissions.ts";
import type { DynamoDbContext } from "./context.ts";

export const getItem = (context: DynamoDbContext): Operation =>
  engineOperation(context, "GetItem", onItem("dynamodb:GetItem"));
