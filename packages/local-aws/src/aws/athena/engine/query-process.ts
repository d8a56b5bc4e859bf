import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { MACROS } from "../dialect/functions.ts";
import type { EngineColumn, EngineRequest, EngineResponse, EngineResults, EngineTable } from "./protocol.ts";
import { athenaType, resultText } from "./result-text.ts";

/**
 * The process of one query. DuckDB may read the files in the folder of the query, which is the first argument, and
 * nothing else: no other files, no network, no extensions, and its settings are locked before a statement of a user
 * runs.
 */
const [, , folder = "", memoryLimit = ""] = process.argv;

process.on("message", (request: EngineRequest) => void respond(request));
process.on("disconnect", () => process.exit());

const connecting = connect();

async function respond(request: EngineRequest): Promise<void> {
  const response: EngineResponse = await answer(request).then(
    (result) => ({ result }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  process.send?.(response);
}

async function answer(request: EngineRequest): Promise<EngineResults[EngineRequest["kind"]]> {
  const connection = await connecting;
  switch (request.kind) {
    case "parse":
      return String(await value(connection, "SELECT json_serialize_sql($1::VARCHAR)", request.statement));
    case "prune":
      return prune(connection, request);
    case "run":
      return run(connection, request.tree, request.tables);
  }
}

async function connect(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "2",
    memory_limit: memoryLimit,
    temp_directory: "",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  const connection = await instance.connect();
  const settings = [
    "SET TimeZone = 'UTC'",
    "SET integer_division = true",
    ...Object.entries(MACROS).map(([name, definition]) => `CREATE MACRO athena_${name}${definition}`),
    `SET allowed_directories = [${text(`${folder}/`)}]`,
    "SET enable_external_access = false",
    "SET lock_configuration = true",
  ];
  for (const setting of settings) await connection.run(setting);
  return connection;
}

async function prune(
  connection: DuckDBConnection,
  { columns, partitions, condition }: Extract<EngineRequest, { kind: "prune" }>,
): Promise<number[]> {
  await createLookup(connection, "partitions", [{ name: "index", type: "INTEGER" }, ...columns], partitions, true);
  const where = await value(connection, "SELECT json_deserialize_sql($1::JSON)", condition);
  const statement = `SELECT "index" FROM partitions WHERE "index" IN (${String(where)}) ORDER BY "index"`;
  const { rows } = await read(connection, statement);
  await connection.run("DROP TABLE partitions");
  return rows.map(([index]) => Number(index));
}

async function run(
  connection: DuckDBConnection,
  tree: string,
  tables: readonly EngineTable[],
): Promise<EngineResults["run"]> {
  for (const [index, table] of tables.entries()) await createView(connection, table, `files_${index}`);
  const statement = String(await value(connection, "SELECT json_deserialize_sql($1::JSON)", tree));
  const { names, types, rows } = await read(connection, statement);
  return {
    columns: names.map((name, index) => ({ name: name.toLowerCase(), type: athenaType(types[index] ?? "") })),
    rows: rows.map((row) => row.map((cell, index) => resultText(cell, types[index] ?? ""))),
  };
}

/** A view of the files, with the columns of the Data Catalog and those of the partition. */
async function createView(connection: DuckDBConnection, table: EngineTable, files: string): Promise<void> {
  const { database, name: tableName, columns, partitionColumns, showsPath } = table;
  const lookup = [{ name: "file", type: "VARCHAR" }, { name: "$path", type: "VARCHAR" }, ...partitionColumns];
  const rows = table.files.map(({ path, uri, partition }) => [path, uri, ...partition]);
  await createLookup(connection, files, lookup, rows, false);
  const selected = [
    ...columns.map(({ name, type }) => `CAST(data.${quoted(name)} AS ${type}) AS ${quoted(name)}`),
    ...partitionColumns.map(({ name }) => `files.${quoted(name)}`),
    ...(showsPath ? [`files."$path"`] : []),
  ].join(", ");
  await connection.run(`CREATE SCHEMA IF NOT EXISTS ${quoted(database)}`);
  await connection.run(
    `CREATE VIEW ${quoted(database)}.${quoted(tableName)} AS
     SELECT ${selected} FROM ${source(table)} AS data JOIN ${files} AS files ON data.filename = files.file`,
  );
}

function source({ format, columns, files, strict }: EngineTable): string {
  const paths = `[${files.map(({ path }) => text(path)).join(", ")}]`;
  if (files.length === 0) {
    const empty = columns.map(({ name, type }) => `CAST(NULL AS ${type}) AS ${quoted(name)}`);
    return `(SELECT ${empty.join(", ")}, '' AS filename WHERE false)`;
  }
  if (format === "parquet") return `read_parquet(${paths}, filename = true, union_by_name = true)`;
  const types = columns.map(({ name, type }) => `${quoted(name)}: ${text(type)}`).join(", ");
  return `read_json(${paths}, format = 'newline_delimited', columns = {${types}}, filename = true, ignore_errors = ${!strict})`;
}

/** A table of values. */
async function createLookup(
  connection: DuckDBConnection,
  name: string,
  columns: readonly EngineColumn[],
  rows: readonly (readonly string[])[],
  numbered: boolean,
): Promise<void> {
  await connection.run(
    `CREATE TABLE ${name} (${columns.map((column) => `${quoted(column.name)} ${column.type}`).join(", ")})`,
  );
  if (rows.length === 0) return;
  const values = rows.map((row, index) => `(${[...(numbered ? [String(index)] : []), ...row.map(text)].join(", ")})`);
  await connection.run(`INSERT INTO ${name} VALUES ${values.join(", ")}`);
}

async function read(connection: DuckDBConnection, statement: string) {
  const reader = await connection.runAndReadAll(statement);
  return { names: reader.columnNames(), types: reader.columnTypes().map(String), rows: reader.getRowsJson() };
}

async function value(connection: DuckDBConnection, statement: string, parameter: string): Promise<unknown> {
  return (await connection.runAndReadAll(statement, [parameter])).getRowsJson()[0]?.[0];
}

function text(content: string): string {
  return `'${content.replaceAll("'", "''")}'`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
