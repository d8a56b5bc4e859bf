import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionOptions } from "../../lib/database/settings.ts";
import { type PostgresServer, startPostgresServer } from "../../lib/database/testing/postgres-server.ts";
import { buildIndex } from "./long-steps.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations.ts";

let server: PostgresServer;
let admin: pg.Client;
let other: pg.Client;
const pause = async (): Promise<void> => {};

const connect = async (): Promise<pg.Client> => {
  const { username: user, password } = server.master;
  const client = new pg.Client({ ...connectionOptions(server.settings), user, password });
  await client.connect();
  return client;
};

beforeAll(async () => {
  server = await startPostgresServer();
  [admin, other] = [await connect(), await connect()];
});
afterAll(async () => {
  await Promise.all([admin.end(), other.end()]);
  await server.remove();
});
beforeEach(async () => {
  await admin.query("drop table if exists file, file_search, schema_migration cascade");
  await admin.query("drop schema if exists sum cascade");
});

const upTo = (version: number) => migrate(admin, migrations.slice(0, version), pause);

const insert = (keys: readonly string[], removedAt?: string) =>
  other.query(
    `insert into file (bucket, key, sequencer, size, etag, content_type, date_added, removed_at)
     select 'b', key, repeat('0', 64), 1, 'e', 't', now(), $2 from unnest($1::text[]) key`,
    [keys, removedAt],
  );

const entries = async (): Promise<readonly string[]> =>
  (await admin.query("select key from file_search order by key")).rows.map(({ key }) => key);

describe("the texts of files", () => {
  it("are in lower case and without accents, by folder and name", async () => {
    await upTo(4);
    await insert(["Müsik/ŁÓDŹ/Cafe\u0301 Straße.TXT", "ΩΣ", "folder/"]);
    const { rows } = await admin.query("select folder, name, length from file_search order by key");
    expect(rows).toEqual([
      { folder: "musik/lodz/", name: "cafe strasse.txt", length: 27 },
      { folder: "folder/", name: "", length: 7 },
      { folder: "", name: "ωσ", length: 2 },
    ]);
  });

  it("follow every change of the files", async () => {
    await upTo(4);
    await insert(["a", "b", "c"]);
    await insert(["removed"], "2026-01-01");
    expect(await entries()).toEqual(["a", "b", "c"]);
    await other.query("update file set removed_at = now() where key = 'a'");
    await other.query("update file set key = 'd' where key = 'b'");
    await other.query("delete from file where key = 'c'");
    expect(await entries()).toEqual(["d"]);
    await other.query("update file set removed_at = null where key = 'a'");
    await other.query("update file set size = 2");
    expect(await entries()).toEqual(["a", "d"]);
    await other.query("truncate file");
    expect(await entries()).toEqual([]);
  });

  it("are stored for the longest keys, and for those whose text is much longer", async () => {
    await upTo(4);
    await insert(["\ufdfa".repeat(341), "🎉".repeat(256), `${"a/".repeat(511)}ab`]);
    expect(await entries()).toHaveLength(3);
  });

  it("are added for the files that are older than the table, in batches", async () => {
    await upTo(2);
    const keys = Array.from({ length: 4_500 }, (_, index) => `key ${String(index).padStart(4, "0")}`);
    await insert(keys);
    await insert(["removed"], "2026-01-01");
    expect(await upTo(4)).toEqual(["0003-search", "0004-file-indexes"]);
    expect(await entries()).toEqual(keys);
  });

  it("are not added for a file that is being removed", async () => {
    await upTo(2);
    await insert(["kept", "removed"]);
    await upTo(3);
    await other.query("begin");
    await other.query("update file set removed_at = now() where key = 'removed'");
    const migrated = upTo(4);
    await expect.poll(() => waiting()).toBe(1);
    await other.query("commit");
    await migrated;
    expect(await entries()).toEqual(["kept"]);
  });

  /** The number of statements that wait for a lock. */
  const waiting = async (): Promise<number> =>
    Number((await other.query("select count(*) from pg_locks where not granted")).rows[0].count);
});

describe("an index", () => {
  it("is built while a file is being changed, and again when a run left it invalid", async () => {
    await upTo(4);
    await admin.query("drop index file_by_size");
    await other.query("begin");
    await insert(["a"]);
    const building = buildIndex(admin, { name: "file_by_size", on: "file (bucket, size, key)" }).catch(() => "killed");
    const { rows } = await other.query("select pg_backend_pid() as own");
    const pid = async (): Promise<number | undefined> =>
      (await other.query("select pid from pg_locks where not granted and pid <> $1", [rows[0].own])).rows[0]?.pid;
    await expect.poll(pid).toBeDefined();
    await insert(["b"]);
    await other.query("select pg_cancel_backend($1)", [await pid()]);
    expect(await building).toBe("killed");
    await other.query("commit");
    const valid = async () =>
      (await admin.query("select indisvalid from pg_index where indexrelid = to_regclass('file_by_size')")).rows;
    expect(await valid()).toEqual([{ indisvalid: false }]);
    await buildIndex(admin, { name: "file_by_size", on: "file (bucket, size, key)" });
    expect(await valid()).toEqual([{ indisvalid: true }]);
  });
});
