import type { Call } from "../../../gateway/protocol.ts";
import { databaseArns } from "../catalog.ts";
import { databaseDescription } from "../table-description.ts";
import type { GlueContext } from "./context.ts";

export const getDatabase =
  ({ catalog }: GlueContext) =>
  ({ Name }: { readonly Name: string }, call: Call): object => {
    for (const arn of databaseArns(Name)) call.authorize("glue:GetDatabase", arn);
    return { Database: databaseDescription(catalog.database(Name)) };
  };
