import type { Call } from "../../../gateway/protocol.ts";
import { namedQueryDescription } from "../named-query-description.ts";
import { workGroupArn } from "../workgroups.ts";
import type { AthenaContext } from "./context.ts";

export const getNamedQuery =
  ({ queries }: AthenaContext) =>
  ({ NamedQueryId }: { readonly NamedQueryId: string }, call: Call): object => {
    const query = queries.get(NamedQueryId);
    call.authorize("athena:GetNamedQuery", workGroupArn(query.workGroup));
    return { NamedQuery: namedQueryDescription(query) };
  };
