import type { Operation } from "../../../gateway/protocol.ts";
import { engineOperation } from "../engine-operation.ts";
import { onTransactionItems } from "../permissions.ts";
import type { DynamoDbContext } from "./context.ts";

export const transactGetItems = (context: DynamoDbContext): Operation =>
  engineOperation(context, "TransactGetItems", onTransactionItems({ Get: "dynamodb:GetItem" }));
