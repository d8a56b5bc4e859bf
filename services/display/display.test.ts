import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ServerRequest } from "../../lib/server/request.ts";
import { NumberTable } from "../../lib/sum/number-table.ts";
import { type FilesDatabase, startFilesDatabase } from "../postgres-init/testing/files-database.ts";
import { displayRoutes } from "./routes.ts";

let db: FilesDatabase;
let table: NumberTable;

beforeAll(async () => {
  db = await startFilesDatabase();
  table = new NumberTable(db.database);
});
afterAll(() => db.remove());
beforeEach(() => db.admin.query("select sum.reset_project_table()"));

const insert = (count: number) =>
  db.admin.query(
    `insert into sum.project_table (value, ip_address) select i, '203.0.113.9' from generate_series(1, ${count}) as i`,
  );

async function show(query = ""): Promise<string> {
  const request: Partial<ServerRequest> = { query: new URLSearchParams(query) };
  const response = await displayRoutes(table)["GET /display_service"]?.(request as ServerRequest);
  return response?.body ?? "";
}
const ids = (page: string) => [...page.matchAll(/<tr><td class="number">(\d+)<\/td>/g)].map(([, id]) => Number(id));
const link = (page: string, rel: string) => new RegExp(`rel="${rel}" href="\\?([^"]+)"`).exec(page)?.[1];

describe("GET /display_service", () => {
  it("states that there are no numbers yet", async () => {
    const page = await show();
    expect(page).toContain('<dd id="sum">0.00</dd>');
    expect(page).toContain("There are no numbers yet");
  });

  it("shows the total and each row's ID, value and address, newest first", async () => {
    await table.add("1234.5", "203.0.113.9");
    await table.add("-0.005", "2001:db8::7");
    const page = await show();
    expect(page).toContain('<dd id="sum">1,234.495</dd>');
    expect([...page.matchAll(/<td[^>]*>([^<]*)</g)].map(([, cell]) => cell)).toEqual([
      ...["2", "-0.005", "2001:db8::7"],
      ...["1", "1,234.50", "203.0.113.9"],
    ]);
  });

  it("pages through all rows in both directions, showing each once", async () => {
    await insert(60);
    const pages = [await show()];
    for (let next = link(pages[0] ?? "", "next"); next !== undefined; next = link(pages.at(-1) ?? "", "next")) {
      pages.push(await show(next));
    }
    expect(pages.flatMap(ids)).toEqual(Array.from({ length: 60 }, (_, index) => 60 - index));
    expect(pages.map((page) => ids(page).length)).toEqual([25, 25, 10]);
    const back = await show(link(pages[2] ?? "", "prev"));
    expect(ids(back)).toEqual(ids(pages[1] ?? ""));
    expect(link(pages[0] ?? "", "prev")).toBeUndefined();
  });

  it("skips and repeats no rows when numbers are added between two pages", async () => {
    await insert(30);
    const first = await show();
    await insert(10);
    const second = await show(link(first, "next"));
    expect([...ids(first), ...ids(second)]).toEqual(Array.from({ length: 30 }, (_, index) => 30 - index));
    expect(link(first, "prev")).toBeUndefined();
    expect(ids(await show("after=30"))).toEqual([40, 39, 38, 37, 36, 35, 34, 33, 32, 31]);
  });

  it("links to the newest rows when the requested ones were deleted", async () => {
    await insert(3);
    expect(await show("before=1")).toContain("Show the newest");
  });

  it.each(["before=x", "before=-1", "after=1e3", "before=99999999999999999", "after="])("rejects %s", async (query) => {
    await expect(show(query)).rejects.toMatchObject({ status: 400, code: "InvalidPosition" });
  });

  it("shows the last of a million rows within 1.2 s", async () => {
    await insert(1_000_000);
    const started = performance.now();
    expect(ids(await show("before=26"))).toHaveLength(25);
    expect(performance.now() - started).toBeLessThan(1_200);
  });
});
