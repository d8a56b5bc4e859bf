import type { Operation } from "../../../gateway/protocol.ts";
import type { DynamoDbContext } from "./context.ts";
import { engineOperation } from "./engine-operation.ts";
import { onTransactionItems } from "./permissions.ts";

export const transactGetItems = (context: DynamoDbContext): Operation =>
  engineOperation(context, "TransactGetItems", onTransactionItems({ Get: "dynamodb:GetItem" }));
