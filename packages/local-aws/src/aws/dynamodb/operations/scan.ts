import type { Operation } from "../../../gateway/protocol.ts";
import { engineOperation } from "../engine-operation.ts";
import { onTableOrIndex } from "../permissions.ts";
import type { DynamoDbContext } from "./context.ts";

export const scan = (context: DynamoDbContext): Operation =>
  engineOperation(context, "Scan", onTableOrIndex("dynamodb:Scan"));
