import { block, blocks, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { type Column, type Table, tableId } from "../catalog.ts";
import type { GlueContext } from "../operations/context.ts";

export function catalogTableResource({ catalog }: GlueContext): ResourceHandler {
  return {
    type: "aws_glue_catalog_table",
    identifiers: { arn: "glue:*:table/{database_name}/{name}" },
    identity: ({ database_name, name }) => `${text(database_name)}.${text(name)}`,
    create({ database_name, name }) {
      catalog.database(text(database_name));
      return { id: tableId(text(database_name), text(name)), catalog_id: ACCOUNT_ID };
    },
    start: (attributes) => catalog.putTable(tableOf(attributes)),
    delete: ({ database_name, name }) => catalog.deleteTable(text(database_name), text(name)),
  };
}

function tableOf(attributes: Attributes): Table {
  const storage = block(attributes.storage_descriptor);
  const serde = block(storage.ser_de_info);
  return {
    database: text(attributes.database_name),
    name: text(attributes.name),
    description: text(attributes.description),
    tableType: text(attributes.table_type),
    columns: blocks(storage.columns).map(columnOf),
    partitionKeys: blocks(attributes.partition_keys).map(columnOf),
    parameters: mapOf(attributes.parameters),
    location: text(storage.location),
    inputFormat: text(storage.input_format),
    outputFormat: text(storage.output_format),
    serializationLibrary: text(serde.serialization_library),
    serdeParameters: mapOf(serde.parameters),
  };
}

function columnOf({ name, type, comment }: Attributes): Column {
  return { name: text(name).toLowerCase(), type: text(type), comment: text(comment) };
}

function mapOf(value: unknown): Readonly<Record<string, string>> {
  return (value ?? {}) as Record<string, string>;
}
