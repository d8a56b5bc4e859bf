import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { databaseArns } from "../catalog.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import { tableDescription } from "../table-description.ts";
import type { GlueContext } from "./context.ts";

interface Input extends PageInput {
  readonly DatabaseName: string;
  /** A regular expression. */
  readonly Expression?: string;
}

export const getTables =
  ({ catalog }: GlueContext) =>
  ({ DatabaseName, Expression = ".*", ...input }: Input, call: Call): object => {
    for (const arn of databaseArns(DatabaseName)) call.authorize("glue:GetTables", arn);
    catalog.database(DatabaseName);
    const expression = new RegExp(`^(${Expression})$`);
    const found = catalog.tables(DatabaseName).filter(({ name }) => expression.test(name));
    const { page, next } = paginate(found, pageOptions(input));
    return { TableList: page.map(tableDescription), NextToken: next };
  };
