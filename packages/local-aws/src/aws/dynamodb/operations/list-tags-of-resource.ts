import type { Call } from "../../../gateway/protocol.ts";
import { authorizeTable } from "./authorize-table.ts";
import type { DynamoDbContext } from "./context.ts";

interface Input {
  readonly ResourceArn?: string;
}

export const listTagsOfResource =
  (context: DynamoDbContext) =>
  ({ ResourceArn = "" }: Input, call: Call): object => {
    const { tags } = authorizeTable(context, ResourceArn, "ListTagsOfResource", call);
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  };
