import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { MemoryObjectStore } from "../../lib/objects/testing/memory-object-store.ts";
import { type FilesDatabase, startFilesDatabase } from "../postgres-init/testing/files-database.ts";
import { FileTable } from "./file-table.ts";
import { InvalidPayloadError, type ReconcileDependencies, reconcile } from "./reconcile.ts";

const bucket = "nv-demo-storage";
const everything = { name: "reconcile", bucket };
let files: FilesDatabase;
let table: FileTable;
let objects: MemoryObjectStore;
let bumps: number;
let dependencies: ReconcileDependencies;

beforeAll(async () => {
  files = await startFilesDatabase();
  table = new FileTable(files.database);
});
afterAll(() => files.remove());

beforeEach(async () => {
  await files.admin.query("truncate file");
  objects = new MemoryObjectStore();
  bumps = 0;
  dependencies = {
    table,
    bucket: () => objects,
    cache: {
      bump: async () => {
        bumps += 1;
      },
    },
    timeLeft: () => 60_000,
    log: silentLog,
  };
});

const put = (key: string, body: string) => objects.put(key, Buffer.from(body), "text/plain");
const record = (key: string, sequencer: string, size?: number, etag = "e") => {
  const file = size === undefined ? undefined : { size, etag, contentType: "t", dateAdded: "2026-01-01T00:00:00.000Z" };
  return table.record({ bucket, key, sequencer, file });
};
const present = async () =>
  (await files.admin.query("select key, size::int from file where removed_at is null order by key")).rows.map(
    ({ key, size }) => [key, size],
  );

it.each([{}, { name: "reconcile" }, { name: "init" }, { ...everything, force: true }])("rejects %j", async (event) => {
  await expect(reconcile(event, dependencies)).rejects.toThrow(InvalidPayloadError);
});

it("adds, corrects and removes rows, reports the numbers, and changes nothing the second time", async () => {
  await put("lost", "123");
  await put("returned", "12");
  await put("changed", "1234");
  await record("changed", "05", 1);
  await record("returned", "05");
  await record("stale", "05", 9);
  await record("gone", "05");
  expect(await reconcile(everything, dependencies)).toEqual({ compared: 5, added: 2, corrected: 1, removed: 1 });
  expect(await present()).toEqual([
    ["changed", 4],
    ["lost", 3],
    ["returned", 2],
  ]);
  expect(bumps).toBe(1);
  expect(await reconcile(everything, dependencies)).toEqual({ compared: 5, added: 0, corrected: 0, removed: 0 });
  expect(bumps).toBe(1);
});

it("does not change a row that an event changes concurrently", async () => {
  await record("a", "05", 9);
  const head = async (): Promise<undefined> => {
    await record("a", "06", 7);
  };
  const listAfter = objects.listAfter.bind(objects);
  dependencies = { ...dependencies, bucket: () => ({ head, listAfter }) };
  expect(await reconcile(everything, dependencies)).toMatchObject({ removed: 0 });
  expect(await present()).toEqual([["a", 7]]);
});

it("is superseded by any later event", async () => {
  await put("a", "1");
  await reconcile(everything, dependencies);
  await record("a", "0000000000000001", 42);
  expect(await present()).toEqual([["a", 42]]);
});

it("stops before the timeout, and continues from there", async () => {
  for (let index = 0; index < 10; index += 1) await put(`k${index}`, "x");
  let left = 5;
  const timeLeft = (): number => {
    left -= 1;
    return left >= 0 ? 60_000 : 4_999;
  };
  const first = await reconcile(everything, { ...dependencies, timeLeft });
  expect(first).toEqual({ compared: 5, added: 5, corrected: 0, removed: 0, next: "k4" });
  expect(await reconcile({ ...everything, after: first.next }, dependencies)).toMatchObject({ compared: 5, added: 5 });
});

it("makes the table match the bucket for any keys and page size", async () => {
  const key = fc.string({ unit: fc.constantFrom("a", "B", "/", "ü", "\uFF5E", "🎉"), minLength: 1, maxLength: 4 });
  const keys = fc.uniqueArray(key, { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      keys,
      keys,
      keys,
      fc.integer({ min: 1, max: 3 }),
      async (stored, recorded, tombstones, pageSize) => {
        await files.admin.query("truncate file");
        objects.objects.clear();
        objects.pageSize = pageSize;
        for (const name of stored) await put(name, name);
        for (const name of recorded) await record(name, "05", 1);
        for (const name of tombstones) await record(name, "06");
        await reconcile(everything, dependencies);
        const rows = await present();
        expect(new Map(rows as [string, number][])).toEqual(
          new Map(stored.map((name) => [name, Buffer.byteLength(name)])),
        );
      },
    ),
    { numRuns: 200 },
  );
});
