import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { arn } from "../../../runtime/account.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import { databaseDescription } from "../table-description.ts";
import type { GlueContext } from "./context.ts";

export const getDatabases =
  ({ catalog }: GlueContext) =>
  (input: PageInput, call: Call): object => {
    call.authorize("glue:GetDatabases", arn("glue", "catalog"));
    const { page, next } = paginate(catalog.databases(), pageOptions(input));
    return { DatabaseList: page.map(databaseDescription), NextToken: next };
  };
