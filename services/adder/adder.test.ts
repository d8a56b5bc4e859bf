import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import type { ServerRequest } from "../../lib/server/request.ts";
import { type RunningServer, startServer } from "../../lib/server/server.ts";
import { untraced } from "../../lib/server/testing/untraced.ts";
import { NumberTable } from "../../lib/sum/number-table.ts";
import { errorPage } from "../../lib/sum/page.ts";
import { type FilesDatabase, startFilesDatabase } from "../postgres-init/testing/files-database.ts";
import { adderRoutes } from "./routes.ts";

let db: FilesDatabase;
let server: RunningServer;
let url: string;

beforeAll(async () => {
  db = await startFilesDatabase();
});
afterAll(() => db.remove());
beforeEach(async () => {
  await db.admin.query("select sum.reset_project_table()");
  const clock = { now: () => Date.now() };
  const routes = adderRoutes(new NumberTable(db.database));
  server = await startServer({ routes, port: 0, log: silentLog, clock, tracing: untraced, errorPage });
  url = `http://127.0.0.1:${server.port}`;
});
afterEach(() => server.stop());

const add = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/add_number`, {
    method: "POST",
    headers: { "content-type": "application/json", connection: "close", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const page = async (path: string) => (await fetch(url + path, { headers: { connection: "close" } })).text();
const rows = async () =>
  (await db.admin.query("select id::int, value::text, host(ip_address) as ip from sum.project_table order by id")).rows;

describe("POST /add_number", () => {
  it("adds a number or a numeric string", async () => {
    const first = await add({ number: 0.1 });
    expect([first.status, await first.json()]).toEqual([200, { success: true }]);
    await add({ number: "0.2" });
    expect((await rows()).map(({ id, value }) => [id, Number(value)])).toEqual([
      [1, 0.1],
      [2, 0.2],
    ]);
    expect(await page("/adder_service")).toContain('<dd id="sum">0.30</dd>');
  });

  it("stores the address that the load balancer appended, not one that the client sent", async () => {
    await add({ number: 1 }, { "x-forwarded-for": "6.6.6.6, 203.0.113.9" });
    await add({ number: 1 }, { "x-forwarded-for": "2001:db8::7" });
    await add({ number: 1 });
    expect((await rows()).map(({ ip }) => ip)).toEqual(["203.0.113.9", "2001:db8::7", "127.0.0.1"]);
  });

  it.each([
    [{}, 400, "NumberMissing"],
    [{ number: "ten" }, 400, "NotANumber"],
    ['{"number": NaN}', 400, "InvalidJson"],
    ['{"number": 1e999}', 400, "NumberTooLarge"],
    ["[1]", 400, "NotAnObject"],
    ["null", 400, "NotAnObject"],
    [{ number: "9".repeat(20_000) }, 413, "BodyTooLarge"],
  ])("rejects an invalid body with a reason, case %#", async (body, status, code) => {
    const response = await add(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: expect.any(String), code });
    expect(await rows()).toEqual([]);
  });

  it("rejects cross-origin requests and other content types", async () => {
    expect((await add({ number: 1 }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await add({ number: 1 }, { origin: "https://evil.example" })).status).toBe(403);
    expect((await add('{"number":1}', { "content-type": "text/plain" })).status).toBe(415);
    expect(await rows()).toEqual([]);
  });

  it("adds 200 concurrent numbers exactly, also when some are refused at first and repeated", async () => {
    const addOnce = async () => {
      const key = { "idempotency-key": randomUUID() };
      // With 503 when the database is too busy.
      await expect.poll(async () => (await add({ number: "0.01" }, key)).status).toBe(200);
    };
    await Promise.all(Array.from({ length: 200 }, addOnce));
    expect(await page("/adder_service")).toContain('<dd id="sum">2.00</dd>');
    expect(await rows()).toHaveLength(200);
  });

  it("accepts the largest numbers that the column can store and rejects larger ones", async () => {
    for (const number of ["999999999999999.9999999999", "-999999999999999.99999999994", "1e-999"]) {
      expect((await add({ number })).status, number).toBe(200);
    }
    expect((await add({ number: "999999999999999.99999999995" })).status).toBe(400);
    expect((await rows()).map(({ value }) => value)).toEqual([
      "999999999999999.9999999999",
      "-999999999999999.9999999999",
      "0.0000000000",
    ]);
  });

  it("sums a million rows exactly", async () => {
    await db.admin.query(
      "insert into sum.project_table (value, ip_address) select 0.01, '127.0.0.1' from generate_series(1, 1000000)",
    );
    await add({ number: "-9999.99" });
    expect(await page("/adder_service")).toContain('<dd id="sum">0.01</dd>');
  });
});

describe("the pages", () => {
  it("link to the three services", async () => {
    const home = await page("/");
    for (const path of ["/adder_service", "/display_service", "/reset_service"])
      expect(home).toContain(`href="${path}"`);
  });

  it("show the sum on the home page, which keeps its links when the database does not respond", async () => {
    await add({ number: 12.5 });
    expect(await page("/")).toContain('<dd id="sum">12.50</dd>');
    const sum = () => Promise.reject(new DatabaseUnavailableError("down"));
    const routes = adderRoutes({ sum, add: () => Promise.reject(new Error("not called")) });
    const home = await routes["GET /"]?.({} as ServerRequest);
    expect(home?.statusCode).toBe(200);
    expect(home?.body).toContain("The sum is not available at the moment.");
    expect(home?.body).toContain('href="/display_service"');
  });

  it("run only their own script and cannot be framed", async () => {
    const response = await fetch(`${url}/adder_service`);
    const policy = response.headers.get("content-security-policy");
    expect(policy).toMatch(/default-src 'none'.*script-src 'sha256-.+'.*frame-ancestors 'none'/);
    const [, script = ""] = /<script type="module">(.*?)<\/script>/s.exec(await response.text()) ?? [];
    expect(script).toContain("/add_number"); // The compiled browser/add-number.ts.
    expect(script).not.toContain("import");
  });

  it("show errors as HTML to browsers and as JSON to programs", async () => {
    const browser = await fetch(`${url}/nothing`, { headers: { accept: "text/html,*/*;q=0.8" } });
    expect([browser.status, browser.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect(await browser.text()).toContain("There is nothing at this address.");
    const program = await fetch(`${url}/nothing`);
    expect([program.status, program.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  });

  it.each([
    ["GET", "/add_number", 405],
    ["POST", "/adder_service", 405],
    ["GET", "/nothing", 404],
    ["HEAD", "/adder_service", 200],
  ])("respond to %s %s with %i", async (method, path, status) => {
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(status);
    if (method === "HEAD") expect(await response.text()).toBe("");
  });
});
