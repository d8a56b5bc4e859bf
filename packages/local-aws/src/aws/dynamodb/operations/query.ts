import type { Operation } from "../../../gateway/protocol.ts";
import type { DynamoDbContext } from "./context.ts";
import { engineOperation } from "./engine-operation.ts";
import { onTableOrIndex } from "./permissions.ts";

export const query = (context: DynamoDbContext): Operation =>
  engineOperation(context, "Query", onTableOrIndex("dynamodb:Query"));
