import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { authorizedWorkGroup, type WorkGroupInput } from "../authorized-work-group.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import type { AthenaContext } from "./context.ts";

export const listNamedQueries =
  ({ groups, queries }: AthenaContext) =>
  (input: WorkGroupInput & PageInput, call: Call): object => {
    const { name } = authorizedWorkGroup(groups, input, call, "athena:ListNamedQueries");
    const { page, next } = paginate(queries.of(name), pageOptions(input));
    return { NamedQueryIds: page.map(({ id }) => id), NextToken: next };
  };
