import { afterAll, beforeAll, expect, it } from "vitest";
import type { ServerRequest } from "../../lib/server/request.ts";
import { NumberTable } from "../../lib/sum/number-table.ts";
import { type FilesDatabase, startFilesDatabase } from "../postgres-init/testing/files-database.ts";
import { resetRoutes } from "./routes.ts";

let db: FilesDatabase;
let table: NumberTable;

beforeAll(async () => {
  db = await startFilesDatabase();
  table = new NumberTable(db.database);
});
afterAll(() => db.remove());

const reset = () => resetRoutes(table)["POST /reset_table"]?.({} as ServerRequest);

it("deletes all rows and restarts the IDs", async () => {
  for (const value of ["1", "2", "3"]) await table.add(value, "127.0.0.1");
  expect(await reset()).toMatchObject({ statusCode: 200, body: '{"success":true}' });
  expect(await table.page("newest", 10)).toMatchObject({ sum: "0", count: 0, entries: [] });
  await table.add("7", "127.0.0.1");
  expect((await table.page("newest", 10)).entries.map(({ id }) => id)).toEqual([1]);
});

it("leaves no gaps or duplicates in the IDs when numbers are added concurrently", async () => {
  const adding = Array.from({ length: 300 }, () => table.add("1", "127.0.0.1"));
  await Promise.all([...adding, reset(), reset(), reset()]);
  const { count, entries } = await table.page("newest", 1_000);
  expect(entries.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, index) => count - index));
});

it("embeds the compiled script into its page", async () => {
  const { body = "" } = (await resetRoutes(table)["GET /reset_service"]?.({} as ServerRequest)) ?? {};
  const [, script = ""] = /<script type="module">(.*?)<\/script>/s.exec(body) ?? [];
  expect(script).toContain("/reset_table");
});
