import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Athena as AthenaClient } from "@aws-sdk/client-athena";
import { Glue as GlueClient } from "@aws-sdk/client-glue";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes, TerraformParts } from "../../provider/resource-handler.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { AwsError } from "../../runtime/error.ts";
import { Processes } from "../../runtime/processes.ts";
import { Glue } from "../glue/glue.ts";
import { Athena } from "./athena.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const LINES = [
  { time: "2026-11-27T10:00:00.000Z", status: 200, route: "GET /a", tags: ["x", "y"], day: "2026-11-27" },
  { time: "2026-11-27T11:00:00.000Z", status: 404, route: "GET /b", milliseconds: 1.5, day: "2026-11-27" },
  { time: "2026-11-28T09:00:00.000Z", status: 500, route: 'GET /"c"', milliseconds: 30, day: "2026-11-28" },
  { time: "2025-01-01T09:00:00.000Z", status: 999, route: "too old", day: "2025-01-01" },
];

let directory: string;
let processes: Processes;
let glue: Glue;
let athena: Athena;
let resources: ManagedResources;
let served: ServedService[];
let client: AthenaClient;
let catalog: GlueClient;
let objects: Map<string, Uint8Array>;
/** Actions, with the resource if only that one is denied. */
let denied: Set<string>;

const access = {
  ...openAccess(),
  credentials: openAccess().credentials,
  authorize: (_caller: unknown, action: string, resource: string) => {
    if (denied.has(action) || denied.has(`${action} ${resource}`)) {
      throw new AwsError("AccessDenied", `no ${action}`, 403);
    }
  },
};

const buckets = {
  list: (bucket: string, prefix: string) =>
    [...objects]
      .map(([path, { length: size }]) => ({ key: path.slice(bucket.length + 1), size }))
      .filter(({ key }) => key.startsWith(prefix)),
  async read(bucket: string, key: string) {
    const content = objects.get(`${bucket}/${key}`);
    if (!content) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
    return content;
  },
  write: async (bucket: string, key: string, content: Uint8Array) => void objects.set(`${bucket}/${key}`, content),
};

function open(): void {
  glue = new Glue(access);
  athena = new Athena({ directory, access, clock: { now: () => NOW }, processes, catalog: glue.catalog, buckets });
}

const parts = (): TerraformParts => ({
  resources: [glue, athena].flatMap(({ terraform }) => terraform.resources ?? []),
});

async function serve(): Promise<void> {
  served = [await ServedService.start(athena.service), await ServedService.start(glue.service)];
  client = new AthenaClient({ ...served[0]?.client });
  catalog = new GlueClient({ ...served[1]?.client });
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "athena-"));
  processes = new Processes(join(directory, "processes.jsonl"));
  denied = new Set();
  objects = new Map();
  for (const [index, { day, ...line }] of LINES.entries()) {
    objects.set(`lake/logs/day=${day}/${index}.gz`, gzipSync(`${JSON.stringify(line)}\n`));
  }
  objects.set("lake/logs/day=2026-11-28/_marker", Buffer.from("no JSON"));
  objects.set("lake/logs/elsewhere/0.gz", Buffer.from("no JSON"));
  open();
  resources = new ManagedResources(parts());
  await createCatalog();
  await serve();
});

afterEach(async () => {
  client.destroy();
  catalog.destroy();
  for (const service of served) await service.stop();
  await athena.close();
  await processes.close();
  resources.close();
  rmSync(directory, { recursive: true });
});

async function createCatalog(): Promise<void> {
  await resources.apply("aws_glue_catalog_database", { name: "lake" });
  await table("requests", {
    partition_keys: [{ name: "day", type: "string" }],
    parameters: {
      "projection.enabled": "true",
      "projection.day.type": "date",
      "projection.day.format": "yyyy-MM-dd",
      "projection.day.range": "NOW-1YEARS,NOW",
      "storage.location.template": "s3://lake/logs/day=${day}/",
    },
  });
  await resources.apply("aws_athena_workgroup", {
    name: "logs",
    configuration: [
      {
        bytes_scanned_cutoff_per_query: 10_485_760,
        result_configuration: [
          { output_location: "s3://results/q/", encryption_configuration: [{ encryption_option: "SSE_S3" }] },
        ],
      },
    ],
  });
}

function table(name: string, changes: Attributes = {}, library = "org.openx.data.jsonserde.JsonSerDe") {
  const columns = { time: "string", status: "int", route: "string", milliseconds: "double", tags: "array<string>" };
  return resources.apply("aws_glue_catalog_table", {
    database_name: "lake",
    name,
    table_type: "EXTERNAL_TABLE",
    storage_descriptor: [
      {
        location: `s3://lake/${name}/`,
        columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
        ser_de_info: [{ serialization_library: library }],
      },
    ],
    ...changes,
  });
}

const start = async (statement: string) => {
  const context = { QueryExecutionContext: { Database: "lake" }, WorkGroup: "logs" };
  return (await client.startQueryExecution({ QueryString: statement, ...context })).QueryExecutionId ?? "";
};

async function finished(id: string) {
  const execution = async () => (await client.getQueryExecution({ QueryExecutionId: id })).QueryExecution;
  await expect.poll(async () => (await execution())?.Status?.State, { timeout: 10_000 }).not.toBe("RUNNING");
  return execution();
}

/** The rows as texts, without the header. */
async function query(statement: string): Promise<(string | undefined)[][]> {
  const id = await start(statement);
  expect((await finished(id))?.Status).toMatchObject({ State: "SUCCEEDED" });
  const { ResultSet } = await client.getQueryResults({ QueryExecutionId: id });
  return (ResultSet?.Rows ?? []).slice(1).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue));
}

async function failure(statement: string): Promise<string> {
  const execution = await finished(await start(statement));
  expect(execution?.Status?.State).toBe("FAILED");
  return execution?.Status?.StateChangeReason ?? "";
}

it("returns the rows, the names and the types of a query", async () => {
  const id = await start(
    "select status, route, milliseconds, count(*) as n, 1 + 1 from requests where day >= '2026-11-27' group by 1, 2, 3 order by status",
  );
  expect(await finished(id)).toMatchObject({
    Status: { State: "SUCCEEDED" },
    WorkGroup: "logs",
    ResultConfiguration: {
      OutputLocation: `s3://results/q/${id}.csv`,
      EncryptionConfiguration: { EncryptionOption: "SSE_S3" },
    },
  });
  const { ResultSet } = await client.getQueryResults({ QueryExecutionId: id });
  const rows = ResultSet?.Rows?.map(({ Data }) => Data?.map(({ VarCharValue }) => VarCharValue));
  expect(rows).toEqual([
    ["status", "route", "milliseconds", "n", "_col4"],
    ["200", "GET /a", undefined, "1", "2"],
    ["404", "GET /b", "1.5", "1", "2"],
    ["500", 'GET /"c"', "30.0", "1", "2"],
  ]);
  const columns = ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Name, Type }) => [Name, Type]);
  expect(columns).toEqual([
    ["status", "integer"],
    ["route", "varchar"],
    ["milliseconds", "double"],
    ["n", "bigint"],
    ["_col4", "integer"],
  ]);
  expect(Buffer.from(objects.get(`results/q/${id}.csv`) ?? "").toString()).toContain('"200","GET /a",,"1","2"\n');
});

it("returns pages", async () => {
  const id = await start("select n from (values (1), (2), (3)) as t(n) order by n");
  await finished(id);
  const texts: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.getQueryResults({ QueryExecutionId: id, MaxResults: 2, NextToken });
    texts.push(...(page.ResultSet?.Rows ?? []).map(({ Data }) => Data?.[0]?.VarCharValue));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(texts).toEqual(["n", "1", "2", "3"]);
});

it.each([
  ["select count(*) from requests", [["3"]]],
  ["select count(*) from lake.requests r where r.day = '2026-11-28'", [["1"]]],
  ["select count(*) from awsdatacatalog.lake.requests where day between '2026-11-01' and '2026-11-27'", [["2"]]],
  [
    "with r as (select day from requests) select day, count(*) from r group by day order by 2 desc",
    [
      ["2026-11-27", "2"],
      ["2026-11-28", "1"],
    ],
  ],
  ["select a.status from requests a join requests b on a.route = b.route where b.status > 404", [["500"]]],
  ['select "$path" from requests where status = 404', [["s3://lake/logs/day=2026-11-27/1.gz"]]],
  ["select tag from requests cross join unnest(tags) as t(tag) order by tag desc", [["y"], ["x"]]],
  ["select tags from requests where cardinality(tags) > 0", [["[x, y]"]]],
  ["select milliseconds from requests order by milliseconds desc limit 1", [["30.0"]]],
])("answers %s", async (statement, rows) => {
  expect(await query(statement)).toEqual(rows);
});

/** Expressions with the texts that Athena returns for them. */
const EXPRESSIONS: readonly (readonly [expression: string, text: string | undefined])[] = [
  ["from_iso8601_timestamp('2026-11-27T10:00:00.000Z')", "2026-11-27 10:00:00.000 UTC"],
  ["date_parse('2026-11-27 10:20:30', '%Y-%m-%d %H:%i:%s')", "2026-11-27 10:20:30.000"],
  ["date_format(timestamp '2026-11-27 10:20:30', '%H:%i:%s')", "10:20:30"],
  ["date_add('day', -1, date '2026-11-27')", "2026-11-26 00:00:00.000"],
  ["date_diff('minute', timestamp '2026-11-27 10:00:00', timestamp '2026-11-27 10:07:00')", "7"],
  ["date_trunc('hour', timestamp '2026-11-27 10:20:30')", "2026-11-27 10:00:00.000"],
  ["to_unixtime(from_iso8601_timestamp('1970-01-01T00:00:01Z'))", "1.0"],
  ["from_unixtime(0)", "1970-01-01 00:00:00.000 UTC"],
  ["extract(year from date '2026-11-27')", "2026"],
  ["date '2026-11-27' - interval '7' day", "2026-11-20 00:00:00.000"],
  [`json_extract_scalar('{"a":{"b":"c"}}', '$.a.b')`, "c"],
  [`json_extract_scalar('{"a":{"b":"c"}}', '$.a')`, undefined],
  ["json_extract_scalar('no JSON', '$.a')", undefined],
  ["regexp_like('abc', 'b.')", "true"],
  ["regexp_extract('GET /a/b', '/(\\w+)', 1)", "a"],
  ["regexp_extract('abc', 'x')", undefined],
  ["regexp_replace('a1b2', '(\\d)', '<$1>')", "a<1>b<2>"],
  ["(select approx_distinct(x) from (values (1), (1), (2)) as t(x))", "2"],
  ["(select approx_percentile(x, 0.5) from (values (1), (2), (3)) as t(x))", "2"],
  ["(select arbitrary(x) from (values (1)) as t(x))", "1"],
  ["7 / 2", "3"],
  ["try(cast('x' as integer))", undefined],
  ["if(1 > 2, 'a', 'b')", "b"],
  ["split_part('a b', ' ', 2) || '!'", "b!"],
  ["cast(1.5 as varchar)", "1.5"],
  ["'it''s' like 'it%'", "true"],
  ["element_at(split('a b', ' '), 1)", "a"],
  ["array_join(array['a', 'b'], '-')", "a-b"],
];

it("evaluates expressions like Athena", async () => {
  const [row = []] = await query(`select ${EXPRESSIONS.map(([expression]) => expression).join(", ")}`);
  const results = EXPRESSIONS.map(([expression], index) => [expression, row[index]]);
  expect(results).toEqual(EXPRESSIONS);
});

it("rejects invalid and unsupported statements at the start", async () => {
  const invalid = { name: "InvalidRequestException" };
  await expect(start("selec 1")).rejects.toMatchObject({
    ...invalid,
    message: expect.stringMatching(/^line 1:1: syntax/),
  });
  await expect(start("delete from requests")).rejects.toMatchObject(invalid);
});

it.each([
  ["select 1 from nothing", "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.lake.nothing' does not exist"],
  ["select 1 from none.requests", "SCHEMA_NOT_FOUND: line 1:15: Schema 'none' does not exist"],
  ["select nothing from requests", "COLUMN_NOT_FOUND: Column 'nothing' cannot be resolved"],
  ["select cast('x' as integer)", "INVALID_CAST_ARGUMENT: "],
  ["select * from '/etc/passwd'", "TABLE_NOT_FOUND: "],
])("fails on %s as Athena does", async (statement, reason) => {
  expect(await failure(statement)).toContain(reason);
});

it("reads only the partitions that the conditions leave, and cancels a query that would read too much", async () => {
  const day = (size: number) => `${JSON.stringify({ status: 1, route: "x".repeat(size) })}\n`;
  objects.set("lake/logs/day=2026-11-26/big", Buffer.from(day(11_000_000)));
  const all = await finished(await start("select count(*) from requests"));
  expect(all?.Status).toMatchObject({
    State: "CANCELLED",
    StateChangeReason: expect.stringContaining("Bytes scanned limit"),
  });
  const conditions = "day >= date_format(date '2026-11-28' - interval '1' day, '%Y-%m-%d') and status > 0";
  const some = await finished(await start(`select count(*) from requests where ${conditions}`));
  expect(some?.Status?.State).toBe("SUCCEEDED");
  const bytes = LINES.slice(0, 3).map((_, index) => [...objects.values()][index]?.length ?? 0);
  expect(some?.Statistics?.DataScannedInBytes).toBe(bytes.reduce((sum, size) => sum + size, 0));
  const id = await start("select count(*) from requests where day = '2026-11-26'");
  await expect(finished(id).then(() => client.getQueryResults({ QueryExecutionId: id }))).rejects.toThrow(/CANCELLED/);
});

it("reads Parquet files with several integer partitions, and tables without objects", async () => {
  const path = join(directory, "flow.parquet");
  const duckDb = await (await DuckDBInstance.create(":memory:")).connect();
  await duckDb.run(`copy (select 'REJECT' as action, 22 as dstport) to '${path}' (format parquet)`);
  duckDb.closeSync();
  objects.set("lake/flow/year=2026/month=11/day=07/a.parquet", readFileSync(path));
  const projection = (name: string, range: string, digits: string) => ({
    [`projection.${name}.type`]: "integer",
    [`projection.${name}.range`]: range,
    [`projection.${name}.digits`]: digits,
  });
  const flow = {
    partition_keys: ["year", "month", "day"].map((name) => ({ name, type: "int" })),
    storage_descriptor: [
      {
        location: "s3://lake/flow/",
        columns: [
          { name: "action", type: "string" },
          { name: "dstport", type: "bigint" },
        ],
        ser_de_info: [{ serialization_library: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" }],
      },
    ],
    parameters: {
      "projection.enabled": "true",
      ...projection("year", "2026,2030", "4"),
      ...projection("month", "1,12", "2"),
      ...projection("day", "1,31", "2"),
    },
  };
  await table("flow", flow);
  await table("empty");
  expect(await query("select action, dstport, month, day from flow where year = 2026 and day < 10")).toEqual([
    ["REJECT", "22", "11", "7"],
  ]);
  expect(await query("select count(*) from flow where day > 10")).toEqual([["0"]]);
  expect(await query("select * from empty")).toEqual([]);
});

it("fails on a line that is not JSON, unless the table ignores them", async () => {
  objects.set("lake/lines/a", Buffer.from('{"status": 1}\nno JSON\n'));
  await table("lines");
  expect(await failure("select status from lines")).toMatch(/JSON/);
  const serde = { serialization_library: "org.openx.data.jsonserde.JsonSerDe" };
  const descriptor = { location: "s3://lake/lines/", columns: [{ name: "status", type: "int" }] };
  await table("tolerant", {
    storage_descriptor: [
      { ...descriptor, ser_de_info: [{ ...serde, parameters: { "ignore.malformed.json": "true" } }] },
    ],
  });
  expect(await query("select sum(status) from tolerant")).toEqual([["1"]]);
});

it.each([
  ["glue:GetTable", /no glue:GetTable/],
  ["s3:ListBucket", /no s3:ListBucket/],
  ["s3:GetObject", /no s3:GetObject/],
  ["s3:PutObject", /no s3:PutObject/],
])("fails without the permission %s of the caller", async (action, message) => {
  denied.add(action);
  expect(await failure("select * from requests")).toMatch(message);
});

it("cancels a query on request", async () => {
  const numbers = "(values (1), (2), (3), (4), (5), (6), (7), (8), (9), (10))";
  const tables = Array.from({ length: 11 }, (_, index) => `${numbers} as t${index}(n${index})`);
  const id = await start(`select sum(n0 * n10) from ${tables.join(" cross join ")}`);
  await expect(client.getQueryResults({ QueryExecutionId: id })).rejects.toThrow(/not yet finished/);
  await client.stopQueryExecution({ QueryExecutionId: id });
  expect((await finished(id))?.Status).toMatchObject({ State: "CANCELLED" });
});

it("keeps the history and the results over a restart", async () => {
  const id = await start("select 1 as one");
  await finished(id);
  for (const service of served) await service.stop();
  await athena.close();
  open();
  await resources.restart(parts());
  await serve();
  expect((await client.listQueryExecutions({ WorkGroup: "logs" })).QueryExecutionIds).toEqual([id]);
  const { ResultSet } = await client.getQueryResults({ QueryExecutionId: id });
  expect(ResultSet?.Rows?.[1]?.Data).toEqual([{ VarCharValue: "1" }]);
  objects.clear();
  await expect(client.getQueryResults({ QueryExecutionId: id })).rejects.toThrow(/Could not find results/);
});

it("runs a query once for each token, and requires a result location", async () => {
  const request = { QueryString: "select 1", WorkGroup: "logs", ClientRequestToken: "t".repeat(32) };
  const first = await client.startQueryExecution(request);
  const second = await client.startQueryExecution(request);
  expect(second.QueryExecutionId).toBe(first.QueryExecutionId);
  await finished(first.QueryExecutionId ?? "");
  await expect(client.startQueryExecution({ QueryString: "select 1" })).rejects.toThrow(/No output location/);
  await expect(client.startQueryExecution({ ...request, WorkGroup: "none" })).rejects.toThrow(/none is not found/);
});

it("lists workgroups and named queries", async () => {
  const saved = { name: "errors", database: "lake", query: "select 1", workgroup: "logs", description: "Errors" };
  const { id } = await resources.apply("aws_athena_named_query", saved);
  const { NamedQueryIds = [] } = await client.listNamedQueries({ WorkGroup: "logs" });
  expect(NamedQueryIds).toEqual([id]);
  const { NamedQueries, UnprocessedNamedQueryIds } = await client.batchGetNamedQuery({
    NamedQueryIds: [...NamedQueryIds, "none"],
  });
  expect(NamedQueries).toMatchObject([{ Name: "errors", QueryString: "select 1", Description: "Errors" }]);
  expect(UnprocessedNamedQueryIds).toMatchObject([{ NamedQueryId: "none" }]);
  expect((await client.getNamedQuery({ NamedQueryId: String(id) })).NamedQuery?.Database).toBe("lake");
  expect((await client.getWorkGroup({ WorkGroup: "logs" })).WorkGroup?.Configuration).toMatchObject({
    BytesScannedCutoffPerQuery: 10_485_760,
    EnforceWorkGroupConfiguration: true,
  });
  const { WorkGroups } = await client.listWorkGroups({});
  expect(WorkGroups?.map(({ Name }) => Name)).toEqual(["logs", "primary"]);
});

it("describes databases and tables", async () => {
  expect((await catalog.getDatabases({})).DatabaseList?.map(({ Name }) => Name)).toEqual(["lake"]);
  expect((await catalog.getDatabase({ Name: "lake" })).Database?.CatalogId).toBe("000000000000");
  expect((await catalog.getTables({ DatabaseName: "lake", Expression: "req.*" })).TableList).toMatchObject([
    { Name: "requests", PartitionKeys: [{ Name: "day", Type: "string" }] },
  ]);
  const { Table } = await catalog.getTable({ DatabaseName: "lake", Name: "requests" });
  expect(Table?.StorageDescriptor?.Columns?.[1]).toEqual({ Name: "status", Type: "int" });
  await expect(catalog.getTable({ DatabaseName: "lake", Name: "none" })).rejects.toMatchObject({
    name: "EntityNotFoundException",
  });
});
