import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionOptions } from "../../lib/database/settings.ts";
import { type PostgresServer, startPostgresServer } from "../../lib/database/testing/postgres-server.ts";
import { createRecorder } from "../../lib/tracing/testing/recorder.ts";
import { noTracer } from "../../lib/tracing/tracer.ts";
import { ApplicationRoleError } from "./application-role.ts";
import { type InitializeDependencies, InvalidPayloadError, initialize } from "./initialize.ts";
import { MigrationChangedError, migrate } from "./migrate.ts";
import type { Migration } from "./migration.ts";

let server: PostgresServer;
let admin: pg.Client;
let dependencies: InitializeDependencies;
const application = { username: "nv-demo app", password: "it's 100% ünïque" };
const sum = { username: "nv-demo sum", password: "s" };
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 20));

const connect = async (user: string, password: string): Promise<pg.Client> => {
  const client = new pg.Client({ ...connectionOptions(server.settings), user, password });
  await client.connect();
  return client;
};

beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server.remove());

beforeEach(async () => {
  admin = await connect(server.master.username, server.master.password);
  await admin.query(
    "drop table if exists file, file_search, schema_migration, item cascade; drop schema if exists sum cascade",
  );
  dependencies = {
    settings: server.settings,
    masterUser: async () => server.master,
    applicationUser: async (name) => ({ files: application, sum })[name],
    clock: { now: () => Date.now() },
    tracer: noTracer,
    pause,
  };
});
afterEach(() => admin.end());

const init = { name: "init" };

describe("initialize", () => {
  it.each([undefined, null, {}, "init", { name: "drop" }, { name: "init", force: true }])(
    "rejects the payload %j",
    async (event) => {
      await expect(initialize(event, dependencies)).rejects.toThrow(InvalidPayloadError);
    },
  );

  it("initializes an empty database and changes nothing the second time", async () => {
    expect(await initialize(init, dependencies)).toEqual({
      applied: ["0001-file", "0002-sum", "0003-search", "0004-file-indexes", "0005-search-order"],
      version: 5,
      roles: { files: application.username, sum: sum.username },
    });
    expect(await initialize(init, dependencies)).toMatchObject({ applied: [], version: 5 });
  });

  it("is traced without a password", async () => {
    const { tracer, documents } = createRecorder();
    await initialize(init, { ...dependencies, tracer });
    const names = documents.map(({ sql }) => sql?.sanitized_query);
    expect(names).toEqual(["connect", "migrate", "role of files", "role of sum"]);
    for (const { password } of [server.master, application]) {
      expect(JSON.stringify(documents)).not.toContain(password);
    }
  });

  it("runs two concurrent calls one after the other", async () => {
    const results = await Promise.all([initialize(init, dependencies), initialize(init, dependencies)]);
    expect(results.map(({ applied }) => applied.length).sort()).toEqual([0, 5]);
  });

  it("waits for a server that is starting", async () => {
    await admin.end();
    await server.stop();
    const running = initialize(init, dependencies);
    await server.start();
    expect((await running).version).toBe(5);
    admin = await connect(server.master.username, server.master.password);
  });

  it("fails immediately when the credentials are rejected", async () => {
    const masterUser = async () => ({ ...server.master, password: "wrong" });
    await expect(initialize(init, { ...dependencies, masterUser })).rejects.toMatchObject({ code: "28P01" });
  });
});

describe("the role of an application", () => {
  it("can read and write rows, and nothing else", async () => {
    await initialize(init, dependencies);
    const client = await connect(application.username, application.password);
    await client.query("select from file");
    await client.query("delete from file");
    for (const statement of [
      "create table own (a int)",
      "drop table file",
      "select from schema_migration",
      "truncate file",
    ]) {
      await expect(client.query(statement)).rejects.toMatchObject({ code: "42501" });
    }
    await client.end();
  });

  it("cannot access the tables of another application", async () => {
    await initialize(init, dependencies);
    const client = await connect(sum.username, sum.password);
    await client.query("insert into sum.project_table (value, ip_address) values (1, '127.0.0.1')");
    await client.query("select sum.reset_project_table()");
    for (const statement of [
      "select from file",
      "delete from sum.project_table",
      "update sum.project_table set value = 2",
      "truncate sum.project_table",
      "create table sum.own (a int)",
    ]) {
      await expect(client.query(statement)).rejects.toMatchObject({ code: "42501" });
    }
    await client.end();
    const files = await connect(application.username, application.password);
    await expect(files.query("select sum.reset_project_table()")).rejects.toMatchObject({ code: "42501" });
    await files.end();
  });

  it("gets a rotated password", async () => {
    await initialize(init, dependencies);
    const rotated = { ...application, password: "new" };
    await initialize(init, { ...dependencies, applicationUser: async (name) => ({ files: rotated, sum })[name] });
    await (await connect(rotated.username, rotated.password)).end();
    await expect(connect(application.username, application.password)).rejects.toMatchObject({ code: "28P01" });
  });

  it("cannot be the master user", async () => {
    const applicationUser = async () => server.master;
    await expect(initialize(init, { ...dependencies, applicationUser })).rejects.toThrow(ApplicationRoleError);
  });
});

describe("migrate", () => {
  const item: Migration = { version: 1, name: "0001-item", sql: "create table item (a int)" };
  const column: Migration = { version: 2, name: "0002-column", sql: "alter table item add column b int" };

  it("applies missing migrations in order", async () => {
    expect(await migrate(admin, [item], pause)).toEqual(["0001-item"]);
    expect(await migrate(admin, [item, column], pause)).toEqual(["0002-column"]);
    await admin.query("select a, b from item");
  });

  it("rejects a migration that was edited after it was applied, and changes nothing", async () => {
    await migrate(admin, [item], pause);
    const edited = { ...item, sql: "create table item (a bigint)" };
    await expect(migrate(admin, [edited, column], pause)).rejects.toThrow(MigrationChangedError);
    expect(await migrate(admin, [item], pause)).toEqual([]);
  });

  it("rolls back a failed migration and keeps the previous ones", async () => {
    const broken = { version: 2, name: "0002-broken", sql: "alter table item add column c int; select 1/0" };
    await expect(migrate(admin, [item, broken], pause)).rejects.toMatchObject({ code: "22012" });
    expect(await migrate(admin, [item, column], pause)).toEqual(["0002-column"]);
    await expect(admin.query("select c from item")).rejects.toMatchObject({ code: "42703" });
  });

  it("waits for a table lock for a second at most, and retries", async () => {
    await migrate(admin, [item], pause);
    const reader = await connect(server.master.username, server.master.password);
    await reader.query("begin");
    await reader.query("select from item");
    let pauses = 0;
    const applied = await migrate(admin, [item, column], async () => {
      pauses += 1;
      await reader.query("rollback");
    });
    expect(applied).toEqual(["0002-column"]);
    expect(pauses).toBe(1);
    await reader.end();
  });
});
