import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Call } from "../../gateway/protocol.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Processes } from "../../runtime/processes.ts";
import { type Catalog, databaseArns, type Table, tableArns } from "../glue/catalog.ts";
import { bucketArn, objectArn } from "../s3/names.ts";
import type { StoredObject } from "../s3/s3.ts";
import { partitionCondition } from "./dialect/prune.ts";
import { type Node, parseTree } from "./dialect/syntax-tree.ts";
import { type TableReference, type TranslatedStatement, translate } from "./dialect/translate.ts";
import type { EngineColumn, EngineFile, EngineTable, QueryResult } from "./engine/protocol.ts";
import { QueryEngine } from "./engine/query-engine.ts";
import { duckDbType } from "./hive-type.ts";
import { type TableFile, tableLayout } from "./partition-projection.ts";
import { QueryError } from "./query-error.ts";

/** The part of S3 that queries use. */
export interface QueryBuckets {
  list(bucket: string, prefix: string): StoredObject[];
  read(bucket: string, key: string): Promise<Uint8Array>;
  write(bucket: string, key: string, content: Uint8Array, contentType: string): Promise<void>;
}

export interface QueryRunnerOptions {
  /** Where the folders of queries are created. */
  readonly directory: string;
  readonly processes: Processes;
  readonly catalog: Catalog;
  readonly buckets: QueryBuckets;
  readonly clock: Clock;
}

/** A query that would read more bytes than the workgroup allows. */
export class ScanLimitError extends Error {
  override readonly name = "ScanLimitError";
  readonly scannedBytes: number;

  constructor(scannedBytes: number) {
    super("Bytes scanned limit was exceeded");
    this.scannedBytes = scannedBytes;
  }
}

/** A statement that was checked, with the engine that will run it. */
export interface PreparedQuery {
  readonly engine: QueryEngine;
  readonly folder: string;
  readonly statement: TranslatedStatement;
}

/** The formats by the class that reads them. */
const FORMATS: Readonly<Record<string, EngineTable["format"]>> = {
  "org.apache.hive.hcatalog.data.JsonSerDe": "json",
  "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe": "parquet",
  "org.openx.data.jsonserde.JsonSerDe": "json",
};

/** Runs queries: finds the objects of the tables, copies them to a folder, and lets DuckDB read that folder alone. */
export class QueryRunner {
  readonly #options: QueryRunnerOptions;

  constructor(options: QueryRunnerOptions) {
    this.#options = options;
  }

  /** @throws AwsError `InvalidRequestException` for a statement that is invalid or not supported. */
  async prepare(text: string, database: string): Promise<PreparedQuery> {
    const folder = mkdtempSync(join(this.#options.directory, "query-"));
    const engine = new QueryEngine(this.#options.processes, folder);
    try {
      const tree = parseTree(await engine.request({ kind: "parse", statement: text }));
      return { engine, folder, statement: translate(text, tree, database) };
    } catch (error) {
      this.close({ engine, folder });
      throw error;
    }
  }

  /**
   * @param call of the client, whose permissions for the catalog and the buckets the query needs.
   * @param limit the bytes that the query may read.
   * @throws QueryError, ScanLimitError, EngineStoppedError, AwsError `AccessDenied`, or an error of DuckDB.
   */
  async run(
    { engine, folder, statement }: PreparedQuery,
    call: Call,
    limit: number | undefined,
  ): Promise<QueryResult & { readonly scannedBytes: number }> {
    const references = Map.groupBy(statement.tables, ({ database, table }) => `${database}.${table}`);
    const selected: { readonly table: Table; readonly files: readonly TableFile[] }[] = [];
    for (const uses of references.values()) {
      const table = this.#authorizedTable(uses, call);
      selected.push({ table, files: await this.#selectFiles(engine, table, uses) });
    }
    const scannedBytes = selected.flatMap(({ files }) => files).reduce((sum, { size }) => sum + size, 0);
    if (limit !== undefined && scannedBytes > limit) throw new ScanLimitError(scannedBytes);
    const tables: EngineTable[] = [];
    for (const { table, files } of selected) {
      tables.push(engineTable(table, await this.#copy(folder, files, call), statement.readsPath));
    }
    const result = await engine.request({ kind: "run", tree: treeOf(statement.node), tables });
    return { ...result, scannedBytes };
  }

  /** Ends the process and removes the copies. */
  close({ engine, folder }: Pick<PreparedQuery, "engine" | "folder">): void {
    engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  #authorizedTable(uses: readonly TableReference[], call: Call): Table {
    const [{ database, table: name, position } = { database: "", table: "", position: "" }] = uses;
    for (const arn of databaseArns(database)) call.authorize("glue:GetDatabase", arn);
    for (const arn of tableArns(database, name)) call.authorize("glue:GetTable", arn);
    const { catalog } = this.#options;
    if (!catalog.findDatabase(database)) {
      throw new QueryError(`SCHEMA_NOT_FOUND: ${position}: Schema '${database}' does not exist`);
    }
    const table = catalog.findTable(database, name);
    if (!table) {
      throw new QueryError(`TABLE_NOT_FOUND: ${position}: Table 'awsdatacatalog.${database}.${name}' does not exist`);
    }
    const { bucket } = tableLayout(table, this.#options.clock.now()).location;
    call.authorize("s3:ListBucket", bucketArn(bucket));
    return table;
  }

  /** The objects in the partitions that the conditions of the query leave. */
  async #selectFiles(engine: QueryEngine, table: Table, uses: readonly TableReference[]): Promise<TableFile[]> {
    const files = this.#files(table);
    const columns = table.partitionKeys.map(partitionColumn);
    const names = new Set(columns.map(({ name }) => name));
    const conditions = uses.map((use) => partitionCondition(use, names));
    if (columns.length === 0 || conditions.includes(undefined)) return files;
    const partitions = [...new Map(files.map(({ partition }) => [partition.join("\n"), partition])).entries()];
    const remaining = new Set<string>();
    for (const condition of conditions) {
      const indexes = await engine.request({
        kind: "prune",
        columns,
        partitions: partitions.map(([, partition]) => partition),
        condition: pruningTree(condition),
      });
      for (const index of indexes) remaining.add(partitions[index]?.[0] ?? "");
    }
    return files.filter(({ partition }) => remaining.has(partition.join("\n")));
  }

  #files(table: Table): TableFile[] {
    const { buckets, clock } = this.#options;
    const { location, partitionOf } = tableLayout(table, clock.now());
    const { bucket } = location;
    return buckets.list(bucket, location.prefix).flatMap(({ key, size }) => {
      const partition = partitionOf(key);
      const isHidden = /(^|\/)[._][^/]*$/.test(key) || key.endsWith("/");
      return partition && !isHidden ? [{ bucket, key, size, partition }] : [];
    });
  }

  async #copy(folder: string, files: readonly TableFile[], call: Call): Promise<EngineFile[]> {
    const copies: EngineFile[] = [];
    for (const { bucket, key, partition } of files) {
      call.authorize("s3:GetObject", objectArn(bucket, key));
      const path = join(folder, `${crypto.randomUUID()}${/\.gz$/.exec(key)?.[0] ?? ""}`);
      writeFileSync(path, await this.#options.buckets.read(bucket, key));
      copies.push({ path, uri: `s3://${bucket}/${key}`, partition });
    }
    return copies;
  }
}

function engineTable(table: Table, files: readonly EngineFile[], showsPath: boolean): EngineTable {
  const format = FORMATS[table.serializationLibrary];
  if (format === undefined) {
    throw new QueryError(`NOT_SUPPORTED: The local AWS does not support tables with ${table.serializationLibrary}.`);
  }
  return {
    database: table.database,
    name: table.name,
    format,
    columns: table.columns.map(({ name, type }) => ({ name, type: duckDbType(type) })),
    partitionColumns: table.partitionKeys.map(partitionColumn),
    files,
    strict: table.serdeParameters["ignore.malformed.json"] !== "true",
    showsPath,
  };
}

function partitionColumn({ name, type }: Table["partitionKeys"][number]): EngineColumn {
  return { name, type: duckDbType(type) };
}

function treeOf(node: Node): string {
  return JSON.stringify({ error: false, statements: [{ node, named_param_map: [] }] });
}

/** `SELECT index FROM partitions WHERE <condition>` */
function pruningTree(condition: Node | undefined): string {
  const location = { alias: "", query_location: 0 };
  return treeOf({
    type: "SELECT_NODE",
    modifiers: [],
    cte_map: { map: [] },
    select_list: [{ class: "COLUMN_REF", type: "COLUMN_REF", ...location, column_names: ["index"] }],
    from_table: {
      type: "BASE_TABLE",
      ...location,
      sample: null,
      schema_name: "",
      table_name: "partitions",
      column_name_alias: [],
      catalog_name: "",
      at_clause: null,
    },
    where_clause: condition,
    group_expressions: [],
    group_sets: [],
    aggregate_handling: "STANDARD_HANDLING",
    having: null,
    sample: null,
    qualify: null,
  });
}
