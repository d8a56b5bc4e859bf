import { AwsError } from "../../runtime/error.ts";
import type { Engine } from "./engines/engine.ts";
import { tableName } from "./table-arn.ts";

interface KeySchema {
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
}

interface TableDescription extends KeySchema {
  readonly GlobalSecondaryIndexes?: readonly (KeySchema & { readonly IndexName: string })[];
}

/** The partition keys of tables and indexes, which are read once until a table is created, changed or deleted. */
export class TableKeys {
  readonly #engine: Engine;
  readonly #descriptions = new Map<string, Promise<TableDescription | undefined>>();
  #version = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * The name of the partition key; undefined when the table does not exist. A local index has that of its table.
   *
   * @param table name or ARN.
   */
  async partitionKey(table: string, index: string | undefined): Promise<string | undefined> {
    const description = await this.#describe(tableName(table));
    const globalIndex = description?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index);
    const { KeySchema = [] } = globalIndex ?? description ?? {};
    return KeySchema.find(({ KeyType }) => KeyType === "HASH")?.AttributeName;
  }

  #describe(TableName: string): Promise<TableDescription | undefined> {
    if (this.#version !== this.#engine.tablesVersion) {
      this.#version = this.#engine.tablesVersion;
      this.#descriptions.clear();
    }
    const description = this.#descriptions.get(TableName) ?? this.#read(TableName);
    this.#descriptions.set(TableName, description);
    return description;
  }

  async #read(TableName: string): Promise<TableDescription | undefined> {
    try {
      return (await this.#engine.call<{ Table: TableDescription }>("DescribeTable", { TableName })).Table;
    } catch (error) {
      this.#descriptions.delete(TableName);
      if (error instanceof AwsError && error.code === "ResourceNotFoundException") return undefined;
      throw error;
    }
  }
}
