import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { namedQueryDescription } from "../named-query-description.ts";
import { workGroupArn } from "../workgroups.ts";
import type { AthenaContext } from "./context.ts";

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_BatchGetNamedQuery.html */
const MAX_QUERIES = 50;

export const batchGetNamedQuery =
  ({ queries }: AthenaContext) =>
  ({ NamedQueryIds }: { readonly NamedQueryIds: readonly string[] }, call: Call): object => {
    if (NamedQueryIds.length === 0 || NamedQueryIds.length > MAX_QUERIES) {
      throw new AwsError("InvalidRequestException", `NamedQueryIds must have 1 to ${MAX_QUERIES} members.`);
    }
    const found = NamedQueryIds.flatMap((id) => queries.find(id) ?? []);
    for (const group of new Set(found.map(({ workGroup }) => workGroup))) {
      call.authorize("athena:BatchGetNamedQuery", workGroupArn(group));
    }
    const missing = NamedQueryIds.filter((id) => !queries.find(id));
    return {
      NamedQueries: found.map(namedQueryDescription),
      UnprocessedNamedQueryIds: missing.map((NamedQueryId) => ({
        NamedQueryId,
        ErrorCode: "INVALID_INPUT",
        ErrorMessage: `NamedQuery ${NamedQueryId} is not found.`,
      })),
    };
  };
