import type { Operation } from "../../../gateway/protocol.ts";
import type { DynamoDbContext } from "./context.ts";
import { engineOperation } from "./engine-operation.ts";
import { onTable } from "./permissions.ts";

export const describeTimeToLive = (context: DynamoDbContext): Operation =>
  engineOperation(context, "DescribeTimeToLive", onTable("dynamodb:DescribeTimeToLive"));
