import type { Call } from "../../../gateway/protocol.ts";
import { tableArns } from "../catalog.ts";
import { tableDescription } from "../table-description.ts";
import type { GlueContext } from "./context.ts";

export const getTable =
  ({ catalog }: GlueContext) =>
  ({ DatabaseName, Name }: { readonly DatabaseName: string; readonly Name: string }, call: Call): object => {
    for (const arn of tableArns(DatabaseName, Name)) call.authorize("glue:GetTable", arn);
    catalog.database(DatabaseName);
    return { Table: tableDescription(catalog.table(DatabaseName, Name)) };
  };
