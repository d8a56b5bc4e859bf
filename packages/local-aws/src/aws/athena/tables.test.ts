import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, expect, it } from "vitest";
import { AthenaHarness, LINES } from "./testing/athena-harness.ts";

let harness: AthenaHarness;

beforeEach(async () => {
  harness = await AthenaHarness.start();
});
afterEach(() => harness.stop());

it("reads only the partitions that the conditions leave, and cancels a query that would read too much", async () => {
  const day = (size: number) => `${JSON.stringify({ status: 1, route: "x".repeat(size) })}\n`;
  harness.objects.set("lake/logs/day=2026-11-26/big", Buffer.from(day(11_000_000)));
  const all = await harness.finished(await harness.start("select count(*) from requests"));
  expect(all?.Status).toMatchObject({
    State: "CANCELLED",
    StateChangeReason: expect.stringContaining("Bytes scanned limit"),
  });
  const conditions = "day >= date_format(date '2026-11-28' - interval '1' day, '%Y-%m-%d') and status > 0";
  const some = await harness.finished(await harness.start(`select count(*) from requests where ${conditions}`));
  expect(some?.Status?.State).toBe("SUCCEEDED");
  const bytes = LINES.slice(0, 3).map((_, index) => [...harness.objects.values()][index]?.length ?? 0);
  expect(some?.Statistics?.DataScannedInBytes).toBe(bytes.reduce((sum, size) => sum + size, 0));
  const id = await harness.start("select count(*) from requests where day = '2026-11-26'");
  await expect(
    harness.finished(id).then(() => harness.client.getQueryResults({ QueryExecutionId: id })),
  ).rejects.toThrow(/CANCELLED/);
});

it("reads Parquet files with several integer partitions, and tables without objects", async () => {
  const path = join(harness.directory, "flow.parquet");
  const duckDb = await (await DuckDBInstance.create(":memory:")).connect();
  await duckDb.run(`copy (select 'REJECT' as action, 22 as dstport) to '${path}' (format parquet)`);
  duckDb.closeSync();
  harness.objects.set("lake/flow/year=2026/month=11/day=07/a.parquet", readFileSync(path));
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
  await harness.table("flow", flow);
  await harness.table("empty");
  expect(await harness.query("select action, dstport, month, day from flow where year = 2026 and day < 10")).toEqual([
    ["REJECT", "22", "11", "7"],
  ]);
  expect(await harness.query("select count(*) from flow where day > 10")).toEqual([["0"]]);
  expect(await harness.query("select * from empty")).toEqual([]);
});

it("fails on a line that is not JSON, unless the table ignores them", async () => {
  harness.objects.set("lake/lines/a", Buffer.from('{"status": 1}\nno JSON\n'));
  await harness.table("lines");
  expect(await harness.failure("select status from lines")).toMatch(/JSON/);
  const serde = { serialization_library: "org.openx.data.jsonserde.JsonSerDe" };
  const descriptor = { location: "s3://lake/lines/", columns: [{ name: "status", type: "int" }] };
  await harness.table("tolerant", {
    storage_descriptor: [
      { ...descriptor, ser_de_info: [{ ...serde, parameters: { "ignore.malformed.json": "true" } }] },
    ],
  });
  expect(await harness.query("select sum(status) from tolerant")).toEqual([["1"]]);
});

it("describes databases and tables", async () => {
  expect((await harness.catalog.getDatabases({})).DatabaseList?.map(({ Name }) => Name)).toEqual(["lake"]);
  expect((await harness.catalog.getDatabase({ Name: "lake" })).Database?.CatalogId).toBe("000000000000");
  expect((await harness.catalog.getTables({ DatabaseName: "lake", Expression: "req.*" })).TableList).toMatchObject([
    { Name: "requests", PartitionKeys: [{ Name: "day", Type: "string" }] },
  ]);
  const { Table } = await harness.catalog.getTable({ DatabaseName: "lake", Name: "requests" });
  expect(Table?.StorageDescriptor?.Columns?.[1]).toEqual({ Name: "status", Type: "int" });
  await expect(harness.catalog.getTable({ DatabaseName: "lake", Name: "none" })).rejects.toMatchObject({
    name: "EntityNotFoundException",
  });
});
