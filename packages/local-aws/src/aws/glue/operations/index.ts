import type { Operation } from "../../../gateway/protocol.ts";
import type { GlueContext } from "./context.ts";
import { getDatabase } from "./get-database.ts";
import { getDatabases } from "./get-databases.ts";
import { getTable } from "./get-table.ts";
import { getTables } from "./get-tables.ts";

/** Terraform alone creates and changes databases and tables. */
export function glueOperations(context: GlueContext): Readonly<Record<string, Operation>> {
  return {
    GetDatabase: getDatabase(context),
    GetDatabases: getDatabases(context),
    GetTable: getTable(context),
    GetTables: getTables(context),
  };
}
