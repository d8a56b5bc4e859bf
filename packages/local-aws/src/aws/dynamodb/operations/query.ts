import type { Operation } from "../../../gateway/protocol.ts";
import { engineOperation } from "../engine-operation.ts";
import { onTableOrIndex } from "../permissions.ts";
import type { DynamoDbContext } from "./context.ts";

export const query = (context: DynamoDbContext): Operation =>
  engineOperation(context, "Query", onTableOrIndex("dynamodb:Query"));
