import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, expect, it } from "vitest";
import { parseTree } from "./syntax-tree.ts";
import { translate } from "./translate.ts";

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(":memory:")).connect();
});

async function translated(statement: string, database = "lake") {
  const reader = await connection.runAndReadAll("SELECT json_serialize_sql($1::VARCHAR)", [statement]);
  return translate(statement, parseTree(String(reader.getRowsJson()[0]?.[0])), database);
}

it.each([
  ["selec 1", /^line 1:1: syntax error at or near/],
  ["select\n  from where", /^line 2:/],
  ["delete from requests", /statements other than SELECT/],
  ["show tables", /statements other than SELECT/],
  ["from requests", /statements other than SELECT/],
  ["copy (select 1) to 'x'", /statements other than SELECT/],
  ["select 1; select 2", /Only one sql statement/],
  ["select * from read_text('/etc/passwd')", /Function 'read_text' not registered/],
  ["select strftime(now(), '%Y')", /^line 1:8: Function 'strftime' not registered/],
  ["select to_days(1)", /Function 'to_days' not registered/],
  ["select url_extract_host('http://a')", /'url_extract_host' not registered/],
  ["select time::date from requests", /"::".*cast/],
  ["select * exclude (time) from requests", /columns of \*/],
  ["select status from requests group by all", /GROUP BY ALL/],
  ["select status from requests qualify true", /QUALIFY/],
  ["select status from requests where route ilike 'x'", /'~~\*' not registered/],
  ["select status from requests limit 10%", /percent/],
  ["select ?", /parameters/],
  ["select * from hive2.lake.requests", /the catalog hive2/],
])("rejects %s", async (statement, message) => {
  await expect(translated(statement)).rejects.toMatchObject({
    code: "InvalidRequestException",
    message: expect.stringMatching(message),
  });
});

it("rejects a table without a database", async () => {
  await expect(translated("select 1 from requests", "")).rejects.toThrow(/Schema must be specified/);
});

it("finds the tables, but not the names of WITH clauses", async () => {
  const statement = `with r as (select 1 from a) select * from r join b.c on true where exists (select 1 from D)`;
  const { tables, readsPath } = await translated(statement);
  expect(tables.map(({ database, table }) => `${database}.${table}`).sort()).toEqual(["b.c", "lake.a", "lake.d"]);
  expect(readsPath).toBe(false);
});

it.each(["select '::' as \"to_days(1)\" -- ::\n", "select 9007199254740993 /* to_days(1) */"])(
  "accepts %s",
  async (statement) => {
    const { node } = await translated(statement);
    if (statement.includes("900")) expect(JSON.stringify(node)).toContain("9007199254740993");
  },
);
