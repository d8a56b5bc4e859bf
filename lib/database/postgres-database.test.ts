import { createServer, type Server } from "node:net";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { silentLog } from "../log/testing/silent-log.ts";
import { createRecorder } from "../tracing/testing/recorder.ts";
import { DatabaseUnavailableError } from "./database.ts";
import { classifyFailure } from "./failure.ts";
import { type DatabaseCredentials, PostgresDatabase } from "./postgres-database.ts";
import { connectionOptions } from "./settings.ts";
import { type PostgresServer, startPostgresServer } from "./testing/postgres-server.ts";

let server: PostgresServer;
let database: PostgresDatabase;

const fixed = (password: string): DatabaseCredentials => ({
  get: async () => ({ username: server.master.username, password }),
  refresh: async () => server.master,
});

beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server.remove());
beforeEach(() => {
  database = new PostgresDatabase(server.settings, fixed(server.master.password), silentLog);
});
afterEach(() => database.close());

const processId = async (): Promise<number> => {
  const { rows } = await database.query<{ pid: number }>({ name: "test", text: "select pg_backend_pid() as pid" });
  return rows[0]?.pid ?? 0;
};

async function terminate(pid: number): Promise<void> {
  const { username: user, password } = server.master;
  const admin = new pg.Client({ ...connectionOptions(server.settings), user, password });
  await admin.connect();
  await admin.query("select pg_terminate_backend($1, 5000)", [pid]);
  await admin.end();
}

it("reuses one connection", async () => {
  const pids = await Promise.all([processId(), processId(), processId()]);
  expect(new Set(pids).size).toBe(1);
});

it("reconnects when the connection was closed between two events", async () => {
  const before = await processId();
  await terminate(before);
  expect(await processId()).not.toBe(before);
});

it("runs a statement again when the connection is closed during it", async () => {
  const before = await processId();
  const sleeping = database.query<{ pid: number }>({
    name: "test",
    text: "select pg_backend_pid() as pid, pg_sleep(1)",
  });
  await terminate(before);
  expect((await sleeping).rows[0]?.pid).not.toBe(before);
});

it("does not run a statement marked `once` again", async () => {
  const before = await processId();
  const sleeping = database.query({ name: "test", text: "select pg_sleep(1)", once: true });
  const settled = expect(sleeping).rejects.toThrow(DatabaseUnavailableError);
  await terminate(before);
  await settled;
  expect(await processId()).not.toBe(before);
});

it("is traced by the names of its statements, without their texts and values", async () => {
  const { tracer, documents } = createRecorder();
  const traced = new PostgresDatabase(server.settings, fixed(server.master.password), silentLog, 1, tracer);
  await traced.query({ name: "greet", text: "select $1 || 'hunter2'", values: ["hunter2"] });
  const failing = traced.query({ name: "fail", text: "select $1::int + 1", values: ["hunter2"] });
  await expect(failing).rejects.toThrow("hunter2");
  await traced.close();
  const { database: name, endpoint } = server.settings;
  const url = `postgresql://${endpoint.host}:${endpoint.port}/${name}`;
  expect(documents).toMatchObject([
    {
      name: `${name}@${endpoint.host}`,
      namespace: "remote",
      sql: { url, database_type: "PostgreSQL", sanitized_query: "greet" },
    },
    { sql: { sanitized_query: "fail" }, fault: true, cause: { exceptions: [{ message: "22P02" }] } },
  ]);
  expect(JSON.stringify(documents)).not.toContain("hunter2");
});

it("has the values of the types that statements select", async () => {
  const { rows } = await database.query({
    name: "types",
    text: `select true as yes, false as no, 1::int2 as two, 1::int4 as four, 1::int8 as eight, 1.5::float4 as real,
             1.5::float8 as double, 1.50::numeric as exact, '{"a":[1]}'::json as json, '{"a":[1]}'::jsonb as jsonb,
             'x'::text as text, null::int4 as nothing`,
  });
  expect(rows).toEqual([
    {
      ...{ yes: true, no: false, two: 1, four: 1, eight: "1", real: 1.5, double: 1.5, exact: "1.50" },
      ...{ json: { a: [1] }, jsonb: { a: [1] }, text: "x", nothing: null },
    },
  ]);
});

it("opens up to the given number of connections", async () => {
  const wide = new PostgresDatabase(server.settings, fixed(server.master.password), silentLog, 2);
  const text = "select pg_backend_pid() as pid, pg_sleep(0.1)";
  const results = await Promise.all([1, 2, 3].map(() => wide.query<{ pid: number }>({ name: "test", text })));
  expect(new Set(results.map(({ rows }) => rows[0]?.pid)).size).toBe(2);
  await wide.close();
});

it("passes on the error of an invalid statement and keeps the connection", async () => {
  const before = await processId();
  await expect(database.query({ name: "test", text: "select 1/0" })).rejects.toMatchObject({ code: "22012" });
  expect(await processId()).toBe(before);
});

it("cancels a slow statement", async () => {
  const started = performance.now();
  await expect(database.query({ name: "test", text: "select pg_sleep(10)" })).rejects.toThrow(DatabaseUnavailableError);
  expect(performance.now() - started).toBeLessThan(3_000);
});

it("reconnects with the new password after a rotation", async () => {
  const rotated = new PostgresDatabase(server.settings, fixed("old-password"), silentLog);
  expect((await rotated.query<{ one: number }>({ name: "test", text: "select 1 as one" })).rows).toEqual([{ one: 1 }]);
  await rotated.close();
});

describe("while the server is unavailable", () => {
  it("fails, and reconnects when the server is back", async () => {
    await processId();
    await server.stop();
    await expect(processId()).rejects.toThrow(DatabaseUnavailableError);
    await server.start();
    await expect.poll(processId).toBeGreaterThan(0);
  });

  it("fails within 3 s when the endpoint accepts connections and does not respond", async () => {
    const blackHole: Server = createServer(() => {});
    await new Promise<void>((resolve) => blackHole.listen(0, "127.0.0.1", resolve));
    const address = blackHole.address();
    const port = address && typeof address === "object" ? address.port : 0;
    const settings = { ...server.settings, endpoint: { host: "127.0.0.1", port } };
    const unreachable = new PostgresDatabase(settings, fixed("x"), silentLog);
    const started = performance.now();
    await expect(unreachable.query({ name: "test", text: "select 1" })).rejects.toThrow(DatabaseUnavailableError);
    expect(performance.now() - started).toBeLessThan(3_000);
    await unreachable.close();
    blackHole.close();
  });
});

it.each([
  [Object.assign(new Error("x"), { code: "ECONNRESET" }), "lost"],
  [new Error("Connection terminated unexpectedly"), "lost"],
  [new Error("Query read timeout"), "unavailable"],
  [new TypeError("Do not know how to serialize a BigInt"), "statement"],
  [Object.assign(new Error("x"), { code: "08006" }), "lost"],
  [Object.assign(new Error("x"), { code: "57P03" }), "unavailable"],
  [Object.assign(new Error("x"), { code: "28P01" }), "credentials"],
  [Object.assign(new Error("x"), { code: "42P01" }), "statement"],
])("classifies %o as %s", (error, failure) => {
  expect(classifyFailure(error)).toBe(failure);
});
