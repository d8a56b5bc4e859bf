import type { Operation } from "../../../gateway/protocol.ts";
import { engineOperation } from "../engine-operation.ts";
import { onTransactionItems } from "../permissions.ts";
import type { DynamoDbContext } from "./context.ts";

export const transactWriteItems = (context: DynamoDbContext): Operation =>
  engineOperation(
    context,
    "TransactWriteItems",
    onTransactionItems({
      ConditionCheck: "dynamodb:ConditionCheckItem",
      Delete: "dynamodb:DeleteItem",
      Put: "dynamodb:PutItem",
      Update: "dynamodb:UpdateItem",
    }),
  );
