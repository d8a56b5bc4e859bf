import type { Operation } from "../../../gateway/protocol.ts";
import { engineOperation } from "../engine-operation.ts";
import { onAllTables } from "../permissions.ts";
import type { DynamoDbContext } from "./context.ts";

export const listTables = (context: DynamoDbContext): Operation =>
  engineOperation(context, "ListTables", onAllTables("dynamodb:ListTables"));
