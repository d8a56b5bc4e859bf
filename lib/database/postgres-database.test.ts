import { createServer, type Server } from "node:net";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { silentLog } from "../log/testing/silent-log.ts";
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
  const { rows } = await database.query<{ pid: number }>({ text: "select pg_backend_pid() as pid" });
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
  const sleeping = database.query<{ pid: number }>({ text: "select pg_backend_pid() as pid, pg_sleep(1)" });
  await terminate(before);
  expect((await sleeping).rows[0]?.pid).not.toBe(before);
});

it("does not run a statement marked `once` again", async () => {
  const before = await processId();
  const sleeping = database.query({ text: "select pg_sleep(1)", once: true });
  const settled = expect(sleeping).rejects.toThrow(DatabaseUnavailableError);
  await terminate(before);
  await settled;
  expect(await processId()).not.toBe(before);
});

it("opens up to the given number of connections", async () => {
  const wide = new PostgresDatabase(server.settings, fixed(server.master.password), silentLog, 2);
  const text = "select pg_backend_pid() as pid, pg_sleep(0.1)";
  const results = await Promise.all([1, 2, 3].map(() => wide.query<{ pid: number }>({ text })));
  expect(new Set(results.map(({ rows }) => rows[0]?.pid)).size).toBe(2);
  await wide.close();
});

it("passes on the error of an invalid statement and keeps the connection", async () => {
  const before = await processId();
  await expect(database.query({ text: "select 1/0" })).rejects.toMatchObject({ code: "22012" });
  expect(await processId()).toBe(before);
});

it("cancels a slow statement", async () => {
  const started = performance.now();
  await expect(database.query({ text: "select pg_sleep(10)" })).rejects.toThrow(DatabaseUnavailableError);
  expect(performance.now() - started).toBeLessThan(3_000);
});

it("reconnects with the new password after a rotation", async () => {
  const rotated = new PostgresDatabase(server.settings, fixed("old-password"), silentLog);
  expect((await rotated.query<{ one: number }>({ text: "select 1 as one" })).rows).toEqual([{ one: 1 }]);
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
    await expect(unreachable.query({ text: "select 1" })).rejects.toThrow(DatabaseUnavailableError);
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
