import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { GenerationCache } from "../../lib/cache/generation-cache.ts";
import { MemoryCacheStore } from "../../lib/cache/testing/memory-cache-store.ts";
import { silentLog } from "../../lib/log/testing/silent-log.ts";
import { type Grant, readablePrefixes, roles } from "../../lib/users/grants.ts";
import { CachedFileCatalog, type PostgresFileCatalog } from "./file-catalog.ts";
import { type Cursor, columnOf, positionOf, type Sort, sorts } from "./list-query.ts";
import { bucket, type CatalogDatabase, type Row, useCatalogDatabase } from "./testing/catalog-database.ts";
import { explain as explainQuery, type PlanNode, rowsRead, scannedIndexes } from "./testing/explain.ts";

let database: CatalogDatabase;
useCatalogDatabase((started) => {
  database = started;
});

const listAll = async (
  sort: Sort,
  limit: number,
  prefixes: readonly string[] = [""],
  betweenPages = async (): Promise<void> => {},
): Promise<string[]> => {
  const keys: string[] = [];
  let after: Cursor | undefined;
  for (;;) {
    const { files: page, more } = await database.catalog.list({ prefixes, limit, sort, after });
    keys.push(...page.map(({ prefix_path }) => prefix_path));
    const last = page.at(-1);
    if (!more || !last) return keys;
    after = positionOf(sort, last);
    await betweenPages();
  }
};

it("returns a row as a record", async () => {
  await database.insert([{ key: "a b/ü.txt", date: "2022-05-01T12:11:48.443Z", size: 5_000_000_000 }]);
  const page = await database.catalog.list({ prefixes: [""], limit: 10, sort: "-date_added", after: undefined });
  expect(page.files).toEqual([
    {
      filename: "ü.txt",
      prefix_path: "a b/ü.txt",
      s3_bucket: bucket,
      date_added: "2022-05-01T12:11:48.443Z",
      size: 5_000_000_000,
      etag: "e",
      content_type: "text/plain",
    },
  ]);
});

it("returns neither tombstones nor files of another bucket", async () => {
  await database.insert([{ key: "a", date: "2022-05-01T12:11:48.443Z" }]);
  await database.query("update file set removed_at = now()");
  await database.insert([{ key: "b", date: "2022-05-01T12:11:48.443Z" }]);
  await database.query("update file set bucket = 'other' where key = 'b'");
  expect(await listAll("-date_added", 10)).toEqual([]);
  expect(await database.catalog.findByName("a", [""], 10)).toEqual([]);
});

it("returns every readable file once and in order, for any grants and page size", async () => {
  const folder = fc.constantFrom("", "a/", "B/", "a/a/", "a/ü/", "🎉/", "\uE000/", "a-/");
  const name = fc.string({
    unit: fc.constantFrom("a", "B", "/", "ü", "%", "_", "\\", "🎉"),
    minLength: 1,
    maxLength: 4,
  });
  const key = fc.tuple(folder, name).map(([parent, rest]) => parent + rest);
  const date = fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z", "2026-01-02T00:00:00.000Z");
  const rows = fc.uniqueArray(fc.record({ key, date, size: fc.constantFrom(0, 9, 10, 5e12) }), {
    selector: (row) => row.key,
    minLength: 1,
    maxLength: 16,
  });
  const grants = fc.oneof(
    fc.constant<Grant[]>([{ role: "reader", prefix: "" }]),
    fc.array(fc.record({ role: fc.constantFrom(...roles), prefix: folder }), { maxLength: 5 }),
  );
  await fc.assert(
    fc.asyncProperty(
      rows,
      grants,
      fc.constantFrom(...sorts),
      fc.integer({ min: 1, max: 5 }),
      fc.oneof(fc.constant(""), key, folder),
      async (stored, granted, sort, limit, prefix) => {
        await database.clear();
        await database.insert(stored);
        const hex = (text: string): string => `${Buffer.from(text).toString("hex")} `;
        const values = {
          date_added: ({ date: added = "" }: Row) => added,
          size: ({ size = 0 }: Row) => String(size).padStart(16, "0"),
          filename: ({ key: whole }: Row) => hex(whole.slice(whole.lastIndexOf("/") + 1)),
          prefix_path: () => "",
        };
        const sortKey = (row: Row): string => values[columnOf(sort)](row) + hex(row.key);
        const ordered = stored
          .filter((row) => row.key.startsWith(prefix) && granted.some((grant) => row.key.startsWith(grant.prefix)))
          .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))
          .map((row) => row.key);
        if (sort.startsWith("-")) ordered.reverse();
        expect(await listAll(sort, limit, readablePrefixes(granted, prefix))).toEqual(ordered);
      },
    ),
    { numRuns: 400 },
  );
});

it("finds any readable keys by their basename", async () => {
  const folder = fc.constantFrom("", "a/", "b/", "a/b/", "a-/");
  const keys = fc.uniqueArray(fc.tuple(folder, folder, fc.constantFrom("x", "xx", "y")).map((parts) => parts.join("")));
  const grants = fc.array(fc.record({ role: fc.constantFrom(...roles), prefix: folder }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(keys, grants, fc.integer({ min: 1, max: 4 }), async (stored, granted, limit) => {
      await database.clear();
      await database.insert(stored.map((key) => ({ key, date: "2026-01-01T00:00:00.000Z" })));
      const readable = stored
        .filter((key) => /(^|\/)x$/.test(key) && granted.some(({ prefix }) => key.startsWith(prefix)))
        .sort();
      expect(await database.catalog.findByName("x", readablePrefixes(granted, ""), limit)).toEqual(
        readable.slice(0, limit),
      );
    }),
    { numRuns: 200 },
  );
});

it("returns each permanent file once while others are added and removed, including the cursor's own file", async () => {
  const date = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  await database.insert(
    Array.from({ length: 30 }, (_, index) => ({ key: `permanent ${index}`, date: date(2 * index) })),
  );
  await database.insert(
    Array.from({ length: 30 }, (_, index) => ({ key: `temporary ${index}`, date: date(2 * index + 1) })),
  );
  let step = 0;
  const keys = await listAll("-date_added", 7, [""], async () => {
    step += 1;
    await database.query(
      "update file set removed_at = now() where key in (select key from file where key ^@ 'temporary' and removed_at is null limit 8)",
    );
    await database.insert([{ key: `new ${step}`, date: date(step * 5) }]);
  });
  const permanent = keys.filter((key) => key.startsWith("permanent"));
  expect(permanent).toEqual(Array.from({ length: 30 }, (_, index) => `permanent ${29 - index}`));
});

it("finds keys by their basename", async () => {
  const date = "2026-01-01T00:00:00.000Z";
  await database.insert(["x", "a/x", "b/c/x", "x/y", "a/xx", "x/"].map((key) => ({ key, date })));
  expect(await database.catalog.findByName("x", [""], 10)).toEqual(["a/x", "b/c/x", "x"]);
  expect(await database.catalog.findByName("x", [""], 2)).toEqual(["a/x", "b/c/x"]);
  expect(await database.catalog.findByName("x", ["b/", "x/"], 10)).toEqual(["b/c/x"]);
  expect(await database.catalog.findByName("x", ["b/", "a/"], 1)).toEqual(["a/x"]);
});

describe("plans", () => {
  const folders = Array.from({ length: 20 }, (_, index) => `folder-${index}/`);
  const small = ["archive/", "projects/x/"];
  const positions = { date_added: "2026-01-01T00:00:00.000Z", prefix_path: null, size: 1, filename: null } as const;
  const positionIn = (sort: Sort): Cursor => ({ value: positions[columnOf(sort)], key: "folder-0/8" });

  /** 20,000 recent files in large folders, and 50 old ones in each small folder. */
  const insertFolders = async (): Promise<void> => {
    const text = `insert into file (bucket, key, sequencer, size, etag, content_type, date_added)
      select $1, folder || md5(n::text), repeat('0', 64), 1, 'e', 't', now() - $3 * interval '1 day' - make_interval(secs => n)
      from unnest($2::text[]) folder, generate_series(1, $4::int) n`;
    await database.query("alter table file disable trigger user"); // Lists do not read the texts for searches.
    await database.query(text, [bucket, folders, 0, 1_000]);
    await database.query(text, [bucket, small, 100, 50]);
    await database.query("alter table file enable trigger user");
    await database.query("analyze file");
  };

  const explain = (query: (explaining: PostgresFileCatalog) => Promise<unknown>): Promise<readonly PlanNode[]> =>
    explainQuery(database.files, bucket, query);

  const scansOf = (nodes: readonly PlanNode[]) => nodes.filter((node) => node["Node Type"].endsWith("Scan"));
  /** The scans of an index of keys: both have the same order, and the same cost without tombstones. */
  const keyIndexes = (nodes: readonly PlanNode[]) =>
    scannedIndexes(nodes).filter((index) => index === "file_pkey" || index === "file_by_key");

  beforeEach(insertFolders);

  it("read all files in the order of an index", async () => {
    for (const sort of sorts) {
      const nodes = await explain((explaining) =>
        explaining.list({ prefixes: [""], limit: 100, sort, after: positionIn(sort) }),
      );
      expect(nodes.map((node) => node["Node Type"])).toEqual(["Limit", "Index Scan"]);
      expect(rowsRead(nodes)).toBeLessThanOrEqual(101);
    }
  });

  it.each(["prefix_path", "-prefix_path"] as const)("merge one range of the keys per prefix for %s", async (sort) => {
    for (const prefixes of [["folder-3/"], ["folder-3/", "folder-7/"], folders, [...small, "folder-3/"], small]) {
      for (const position of [undefined, positionIn(sort)]) {
        const page = { prefixes, limit: 100, sort, after: position };
        const nodes = await explain((explaining) => explaining.list(page));
        expect(nodes.map((node) => node["Node Type"])).not.toContain("Seq Scan");
        expect(keyIndexes(nodes)).toHaveLength(prefixes.length);
        for (const node of nodes.filter((each) => each["Index Name"])) {
          expect(node["Index Cond"]).toMatch(/key >= '[^']*\/'::text\) AND \(key < '[^']*0'::text/);
        }
      }
    }
  });

  it.each(sorts.filter((sort) => columnOf(sort) !== "prefix_path"))(
    "read only the files of small prefixes for %s",
    async (sort) => {
      for (const prefixes of [["archive/"], small, [...small, "missing/", "folder-3/missing/"]]) {
        const nodes = await explain((explaining) => explaining.list({ prefixes, limit: 100, sort, after: undefined }));
        expect(keyIndexes(nodes)).toHaveLength(prefixes.length);
        expect(rowsRead(nodes)).toBe(50 * prefixes.filter((prefix) => small.includes(prefix)).length);
      }
    },
  );

  it("find a basename by a range of one index per prefix", async () => {
    for (const prefixes of [[""], ["folder-3/"], ["archive/", "folder-3/"], folders]) {
      const nodes = await explain((explaining) => explaining.findByName("x", prefixes, 10));
      expect(scansOf(nodes).filter((node) => node["Node Type"] !== "Subquery Scan")).toHaveLength(prefixes.length);
      expect(scannedIndexes(nodes).every((index) => ["file_by_name", "file_by_key"].includes(index))).toBe(true);
      expect(rowsRead(nodes)).toBeLessThanOrEqual(50); // Of the small prefix, whose keys may be read as well.
    }
  });
});

describe("cache", () => {
  const openCached = () => {
    const cache = new GenerationCache(new MemoryCacheStore(), { now: () => 1 }, silentLog);
    const cached = new CachedFileCatalog(database.catalog, cache);
    const list = async (...prefixes: string[]): Promise<readonly string[]> =>
      (await cached.list({ prefixes, limit: 10, sort: "prefix_path", after: undefined })).files.map(
        ({ prefix_path }) => prefix_path,
      );
    return { cache, cached, list };
  };
  const insertKeys = (...keys: string[]) =>
    database.insert(keys.map((key) => ({ key, date: "2026-01-01T00:00:00.000Z" })));

  it("returns the same results until the generation is incremented", async () => {
    const { cache, list } = openCached();
    expect(await list("")).toEqual([]);
    await insertKeys("a");
    expect(await list("")).toEqual([]);
    await cache.bump();
    expect(await list("")).toEqual(["a"]);
  });

  it("has separate results for other prefixes", async () => {
    const { cached, list } = openCached();
    await insertKeys("a/x", "b/x", "c/x");
    expect(await list("")).toEqual(["a/x", "b/x", "c/x"]);
    expect(await list("a/", "b/")).toEqual(["a/x", "b/x"]);
    expect(await list("a/")).toEqual(["a/x"]);
    expect(await list()).toEqual([]);
    expect(await cached.findByName("x", [""], 10)).toEqual(["a/x", "b/x", "c/x"]);
    expect(await cached.findByName("x", ["b/"], 10)).toEqual(["b/x"]);
    expect(await cached.findByName("x", [], 10)).toEqual([]);
  });
});
