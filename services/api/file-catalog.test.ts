import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { GenerationCache } from "../../lib/cache/generation-cache.ts";
import { MemoryCacheStore } from "../../lib/cache/testing/memory-cache-store.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { type FilesDatabase, startFilesDatabase } from "../postgres-init/testing/files-database.ts";
import { CachedFileCatalog, PostgresFileCatalog } from "./file-catalog.ts";
import { type Cursor, type Sort, sorts } from "./list-query.ts";

const bucket = "nv-demo-storage";
let files: FilesDatabase;
let catalog: PostgresFileCatalog;

beforeAll(async () => {
  files = await startFilesDatabase();
  catalog = new PostgresFileCatalog(files.database, bucket, "us-east-1");
});
afterAll(() => files.remove());
beforeEach(() => files.admin.query("truncate file"));

interface Row {
  readonly key: string;
  readonly date: string;
}

const insert = async (rows: readonly Row[]): Promise<void> => {
  await files.admin.query(
    `insert into file (bucket, key, sequencer, size, etag, content_type, date_added)
     select $1, key, repeat('0', 64), 5000000000, 'e', 'text/plain', date
     from unnest($2::text[], $3::timestamptz[]) as row (key, date)`,
    [bucket, rows.map(({ key }) => key), rows.map(({ date }) => date)],
  );
};

const listAll = async (
  sort: Sort,
  limit: number,
  prefix = "",
  betweenPages = async (): Promise<void> => {},
): Promise<string[]> => {
  const keys: string[] = [];
  let after: Cursor | undefined;
  for (;;) {
    const { files: page, more } = await catalog.list({ prefix, limit, sort, after });
    keys.push(...page.map(({ prefix_path }) => prefix_path));
    const last = page.at(-1);
    if (!more || !last) return keys;
    after = { date: last.date_added, key: last.prefix_path };
    await betweenPages();
  }
};

it("returns a row as a record", async () => {
  await insert([{ key: "a b/ü.txt", date: "2022-05-01T12:11:48.443Z" }]);
  const page = await catalog.list({ prefix: "", limit: 10, sort: "-date_added", after: undefined });
  expect(page.files).toEqual([
    {
      filename: "ü.txt",
      prefix_path: "a b/ü.txt",
      s3_bucket: bucket,
      url: "https://nv-demo-storage.s3.us-east-1.amazonaws.com/a%20b/%C3%BC.txt",
      date_added: "2022-05-01T12:11:48.443Z",
      size: 5_000_000_000,
      etag: "e",
      content_type: "text/plain",
    },
  ]);
});

it("returns neither tombstones nor files of another bucket", async () => {
  await insert([{ key: "a", date: "2022-05-01T12:11:48.443Z" }]);
  await files.admin.query("update file set removed_at = now()");
  await insert([{ key: "b", date: "2022-05-01T12:11:48.443Z" }]);
  await files.admin.query("update file set bucket = 'other' where key = 'b'");
  expect(await listAll("-date_added", 10)).toEqual([]);
  expect(await catalog.findByName("a", 10)).toEqual([]);
});

it("returns every file once and in order, for any page size", async () => {
  const key = fc.string({
    unit: fc.constantFrom("a", "B", "/", "ü", "%", "_", "\\", "🎉"),
    minLength: 1,
    maxLength: 6,
  });
  const date = fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z", "2026-01-02T00:00:00.000Z");
  const rows = fc.uniqueArray(fc.record({ key, date }), { selector: (row) => row.key, minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom(...sorts),
      fc.integer({ min: 1, max: 5 }),
      fc.oneof(fc.constant(""), key),
      async (stored, sort, limit, prefix) => {
        await files.admin.query("truncate file");
        await insert(stored);
        const sortKey = (row: Row): string =>
          (sort.endsWith("date_added") ? `${row.date} ` : "") + Buffer.from(row.key).toString("hex");
        const ordered = stored
          .filter((row) => row.key.startsWith(prefix))
          .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))
          .map((row) => row.key);
        if (sort.startsWith("-")) ordered.reverse();
        expect(await listAll(sort, limit, prefix)).toEqual(ordered);
      },
    ),
    { numRuns: 200 },
  );
});

it("returns each permanent file once while others are added and removed, including the cursor's own file", async () => {
  const date = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  await insert(Array.from({ length: 30 }, (_, index) => ({ key: `permanent ${index}`, date: date(2 * index) })));
  await insert(Array.from({ length: 30 }, (_, index) => ({ key: `temporary ${index}`, date: date(2 * index + 1) })));
  let step = 0;
  const keys = await listAll("-date_added", 7, "", async () => {
    step += 1;
    await files.admin.query(
      "update file set removed_at = now() where key in (select key from file where key ^@ 'temporary' and removed_at is null limit 8)",
    );
    await insert([{ key: `new ${step}`, date: date(step * 5) }]);
  });
  const permanent = keys.filter((key) => key.startsWith("permanent"));
  expect(permanent).toEqual(Array.from({ length: 30 }, (_, index) => `permanent ${29 - index}`));
});

it("finds keys by their basename", async () => {
  const date = "2026-01-01T00:00:00.000Z";
  await insert(["x", "a/x", "b/c/x", "x/y", "a/xx", "x/"].map((key) => ({ key, date })));
  expect(await catalog.findByName("x", 10)).toEqual(["a/x", "b/c/x", "x"]);
  expect(await catalog.findByName("x", 2)).toEqual(["a/x", "b/c/x"]);
});

it("uses indexes for every query", async () => {
  await files.admin.query(
    `insert into file (bucket, key, sequencer, size, etag, content_type, date_added)
     select $1, md5(n::text), repeat('0', 64), 1, 'e', 't', now() - make_interval(secs => n) from generate_series(1, 20000) n`,
    [bucket],
  );
  await files.admin.query("analyze file");
  const plans: string[] = [];
  const explaining = new PostgresFileCatalog(
    {
      query: async ({ text, values = [] }) => {
        const { rows } = await files.admin.query(`explain ${text}`, [...values]);
        plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
        return { rows: [], count: 0 };
      },
    },
    bucket,
    "us-east-1",
  );
  const after = { date: "2026-01-01T00:00:00.000Z", key: "8" };
  for (const sort of sorts) await explaining.list({ prefix: "", limit: 100, sort, after });
  await explaining.findByName("x", 10);
  for (const plan of plans) expect(plan).toMatch(/Index( Only)? Scan/);
  for (const plan of plans) expect(plan).not.toMatch(/Seq Scan|Sort/);
});

it("returns cached results until the generation is incremented", async () => {
  const cache = new GenerationCache(new MemoryCacheStore(), { now: () => 1 }, silentLog);
  const cached = new CachedFileCatalog(catalog, cache);
  const list = async () =>
    (await cached.list({ prefix: "", limit: 10, sort: "prefix_path", after: undefined })).files.length;
  expect(await list()).toBe(0);
  await insert([{ key: "a", date: "2026-01-01T00:00:00.000Z" }]);
  expect(await list()).toBe(0);
  await cache.bump();
  expect(await list()).toBe(1);
});
