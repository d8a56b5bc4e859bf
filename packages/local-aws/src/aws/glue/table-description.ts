import { ACCOUNT_ID } from "../../runtime/account.ts";
import type { Column, Database, Table } from "./catalog.ts";

/** A database as the API returns it. */
export function databaseDescription({ name, description }: Database): object {
  return { Name: name, CatalogId: ACCOUNT_ID, ...(description && { Description: description }) };
}

/** A table as the API returns it. */
export function tableDescription(table: Table): object {
  return {
    Name: table.name,
    DatabaseName: table.database,
    CatalogId: ACCOUNT_ID,
    ...(table.description && { Description: table.description }),
    TableType: table.tableType,
    Parameters: table.parameters,
    PartitionKeys: table.partitionKeys.map(columnDescription),
    StorageDescriptor: {
      Columns: table.columns.map(columnDescription),
      Location: table.location,
      InputFormat: table.inputFormat,
      OutputFormat: table.outputFormat,
      SerdeInfo: { SerializationLibrary: table.serializationLibrary, Parameters: table.serdeParameters },
    },
  };
}

function columnDescription({ name, type, comment }: Column): object {
  return { Name: name, Type: type, ...(comment && { Comment: comment }) };
}
