import { afterEach, beforeEach, expect, it } from "vitest";
import { AthenaHarness } from "./testing/athena-harness.ts";

let harness: AthenaHarness;

beforeEach(async () => {
  harness = await AthenaHarness.start();
});
afterEach(() => harness.stop());

it("returns the rows, the names and the types of a query", async () => {
  const id = await harness.start(
    "select status, route, milliseconds, count(*) as n, 1 + 1 from requests where day >= '2026-11-27' group by 1, 2, 3 order by status",
  );
  expect(await harness.finished(id)).toMatchObject({
    Status: { State: "SUCCEEDED" },
    WorkGroup: "logs",
    ResultConfiguration: {
      OutputLocation: `s3://results/q/${id}.csv`,
      EncryptionConfiguration: { EncryptionOption: "SSE_S3" },
    },
  });
  const { ResultSet } = await harness.client.getQueryResults({ QueryExecutionId: id });
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
  expect(Buffer.from(harness.objects.get(`results/q/${id}.csv`) ?? "").toString()).toContain(
    '"200","GET /a",,"1","2"\n',
  );
});

it("returns pages", async () => {
  const id = await harness.start("select n from (values (1), (2), (3)) as t(n) order by n");
  await harness.finished(id);
  const texts: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await harness.client.getQueryResults({ QueryExecutionId: id, MaxResults: 2, NextToken });
    texts.push(...(page.ResultSet?.Rows ?? []).map(({ Data }) => Data?.[0]?.VarCharValue));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(texts).toEqual(["n", "1", "2", "3"]);
});

it.each([
  ["glue:GetTable", /no glue:GetTable/],
  ["s3:ListBucket", /no s3:ListBucket/],
  ["s3:GetObject", /no s3:GetObject/],
  ["s3:PutObject", /no s3:PutObject/],
])("fails without the permission %s of the caller", async (action, message) => {
  harness.denied.add(action);
  expect(await harness.failure("select * from requests")).toMatch(message);
});

it("cancels a query on request", async () => {
  const numbers = "(values (1), (2), (3), (4), (5), (6), (7), (8), (9), (10))";
  const tables = Array.from({ length: 11 }, (_, index) => `${numbers} as t${index}(n${index})`);
  const id = await harness.start(`select sum(n0 * n10) from ${tables.join(" cross join ")}`);
  await expect(harness.client.getQueryResults({ QueryExecutionId: id })).rejects.toThrow(/not yet finished/);
  await harness.client.stopQueryExecution({ QueryExecutionId: id });
  expect((await harness.finished(id))?.Status).toMatchObject({ State: "CANCELLED" });
});

it("keeps the history and the results over a restart", async () => {
  const id = await harness.start("select 1 as one");
  await harness.finished(id);
  await harness.restart();
  expect((await harness.client.listQueryExecutions({ WorkGroup: "logs" })).QueryExecutionIds).toEqual([id]);
  const { ResultSet } = await harness.client.getQueryResults({ QueryExecutionId: id });
  expect(ResultSet?.Rows?.[1]?.Data).toEqual([{ VarCharValue: "1" }]);
  harness.objects.clear();
  await expect(harness.client.getQueryResults({ QueryExecutionId: id })).rejects.toThrow(/Could not find results/);
});

it("runs a query once for each token, and requires a result location", async () => {
  const request = { QueryString: "select 1", WorkGroup: "logs", ClientRequestToken: "t".repeat(32) };
  const first = await harness.client.startQueryExecution(request);
  const second = await harness.client.startQueryExecution(request);
  expect(second.QueryExecutionId).toBe(first.QueryExecutionId);
  await harness.finished(first.QueryExecutionId ?? "");
  await expect(harness.client.startQueryExecution({ QueryString: "select 1" })).rejects.toThrow(/No output location/);
  await expect(harness.client.startQueryExecution({ ...request, WorkGroup: "none" })).rejects.toThrow(
    /none is not found/,
  );
});

it("lists workgroups and named queries", async () => {
  const saved = { name: "errors", database: "lake", query: "select 1", workgroup: "logs", description: "Errors" };
  const { id } = await harness.resources.apply("aws_athena_named_query", saved);
  const { NamedQueryIds = [] } = await harness.client.listNamedQueries({ WorkGroup: "logs" });
  expect(NamedQueryIds).toEqual([id]);
  const { NamedQueries, UnprocessedNamedQueryIds } = await harness.client.batchGetNamedQuery({
    NamedQueryIds: [...NamedQueryIds, "none"],
  });
  expect(NamedQueries).toMatchObject([{ Name: "errors", QueryString: "select 1", Description: "Errors" }]);
  expect(UnprocessedNamedQueryIds).toMatchObject([{ NamedQueryId: "none" }]);
  expect((await harness.client.getNamedQuery({ NamedQueryId: String(id) })).NamedQuery?.Database).toBe("lake");
  expect((await harness.client.getWorkGroup({ WorkGroup: "logs" })).WorkGroup?.Configuration).toMatchObject({
    BytesScannedCutoffPerQuery: 10_485_760,
    EnforceWorkGroupConfiguration: true,
  });
  const { WorkGroups } = await harness.client.listWorkGroups({});
  expect(WorkGroups?.map(({ Name }) => Name)).toEqual(["logs", "primary"]);
});
