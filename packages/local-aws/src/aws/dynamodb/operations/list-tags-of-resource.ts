import { toApiTags } from "../../../gateway/api-tags.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { authorizedTable } from "../authorized-table.ts";
import type { DynamoDbContext } from "./context.ts";

interface Input {
  readonly ResourceArn?: string;
}

export const listTagsOfResource =
  (context: DynamoDbContext) =>
  ({ ResourceArn = "" }: Input, call: Call): object => {
    const { tags } = authorizedTable(context, ResourceArn, call, "dynamodb:ListTagsOfResource");
    return { Tags: toApiTags(tags) };
  };
