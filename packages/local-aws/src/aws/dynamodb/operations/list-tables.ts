import type { Operation } from "../../../gateway/protocol.ts";
import type { DynamoDbContext } from "./context.ts";
import { engineOperation } from "./engine-operation.ts";
import { onAllTables } from "./permissions.ts";

export const listTables = (context: DynamoDbContext): Operation =>
  engineOperation(context, "ListTables", onAllTables("dynamodb:ListTables"));
