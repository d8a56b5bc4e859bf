import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { type Grant, readablePrefixes, roles } from "../../lib/users/grants.ts";
import type { FolderEntry } from "./file-catalog.ts";
import type { FolderSort } from "./folder-query.ts";
import { MAX_COUNTED } from "./folder-statements.ts";
import { bucket, type CatalogDatabase, useCatalogDatabase } from "./testing/catalog-database.ts";
import { explain, rowsRead } from "./testing/explain.ts";

let database: CatalogDatabase;
useCatalogDatabase((started) => {
  database = started;
});

const insert = (keys: readonly string[]) => database.insert(keys.map((key) => ({ key, size: [...key].length })));

const nameOf = (entry: FolderEntry): string => ("file" in entry ? entry.file.prefix_path : entry.folder.prefix);

interface Options {
  readonly prefix?: string;
  readonly prefixes?: readonly string[];
  readonly limit?: number;
  readonly sort?: FolderSort;
  readonly counts?: boolean;
}

/** All entries, page by page: a file by its key, a folder with its counts. */
const listAll = async ({
  prefix = "",
  prefixes = [prefix],
  limit = 100,
  sort = "prefix_path",
  counts = true,
}: Options = {}): Promise<unknown[]> => {
  const listed: unknown[] = [];
  let after: string | undefined;
  for (;;) {
    const { entries, more } = await database.catalog.listFolders({ prefix, prefixes, limit, sort, counts, after });
    expect(entries.length).toBeLessThanOrEqual(limit);
    listed.push(...entries.map((entry) => ("file" in entry ? entry.file.prefix_path : entry.folder)));
    const last = entries.at(-1);
    if (!more || !last) return listed;
    after = nameOf(last);
  }
};

it("returns folders and files in one order", async () => {
  await insert(["b", "a", "a/1", "a/2/3", "a-", "a//x", "c/", "🎉/x"]);
  expect(await listAll()).toEqual([
    "a",
    "a-",
    { prefix: "a/", files: 3, size: 12 },
    "b",
    { prefix: "c/", files: 1, size: 2 },
    { prefix: "🎉/", files: 1, size: 3 },
  ]);
  expect(await listAll({ prefix: "a/", counts: false })).toEqual([{ prefix: "a//" }, "a/1", { prefix: "a/2/" }]);
  expect(await listAll({ prefix: "c/" })).toEqual(["c/"]);
  expect(await listAll({ prefix: "a/2" })).toEqual([{ prefix: "a/2/", files: 1, size: 5 }]);
  expect(await listAll({ prefix: "missing/" })).toEqual([]);
});

it("contains neither removed files nor folders that have no others", async () => {
  await insert(["a/1", "a/2", "b/1", "c"]);
  await database.query("update file set removed_at = now() where key in ('a/1', 'b/1', 'c')");
  expect(await listAll()).toEqual([{ prefix: "a/", files: 1, size: 3 }]);
});

it("shows only what is readable, and counts no other file", async () => {
  await insert(["team/a", "team/docs/b", "team/plans/c", "team/plans/d/e", "team-secrets/f", "notes/g"]);
  const prefixes = ["team/docs/", "team/plans/d/", "notes/none/"];
  expect(await listAll({ prefixes })).toEqual([{ prefix: "team/", files: 2, size: 25 }]);
  expect(await listAll({ prefix: "team/", prefixes })).toEqual([
    { prefix: "team/docs/", files: 1, size: 11 },
    { prefix: "team/plans/", files: 1, size: 14 },
  ]);
  expect(await listAll({ prefixes: [] })).toEqual([]);
});

it("does not count a folder of more than 10,000 files", async () => {
  await insert(Array.from({ length: MAX_COUNTED + 1 }, (_, index) => `large/${index}`));
  await insert(Array.from({ length: MAX_COUNTED }, (_, index) => `limit/${index}`));
  expect(await listAll()).toMatchObject([
    { prefix: "large/", more_than: 10_000 },
    { prefix: "limit/", files: 10_000 },
  ]);
});

it("returns every readable folder and file once and in order, for any grants, prefix and page size", async () => {
  const folder = fc.constantFrom("", "a/", "B/", "a/a/", "a/ü/", "🎉/", "\uE000/", "a-/", "a/a/a/", "a//");
  const name = fc.string({
    unit: fc.constantFrom("a", "/", "0", "ü", "%", "🎉", "\uE000"),
    minLength: 1,
    maxLength: 4,
  });
  const key = fc
    .tuple(folder, name)
    .map((parts) => parts.join(""))
    .filter((text) => !text.startsWith("/"));
  const keys = fc.uniqueArray(key, { maxLength: 16 });
  const grants = fc.oneof(
    fc.constant<Grant[]>([{ role: "reader", prefix: "" }]),
    fc.array(fc.record({ role: fc.constantFrom(...roles), prefix: folder }), { maxLength: 5 }),
  );
  const sort = fc.constantFrom<FolderSort>("prefix_path", "-prefix_path");
  const prefix = fc.oneof(fc.constant(""), key, folder);
  await fc.assert(
    fc.asyncProperty(keys, grants, sort, fc.integer({ min: 1, max: 5 }), prefix, async (stored, granted, ...query) => {
      const [order, limit, below] = query;
      await database.clear();
      await insert(stored);
      const folders = new Map<string, { prefix: string; files: number; size: number }>();
      const entries: { name: string; entry: unknown }[] = [];
      for (const each of stored) {
        if (!each.startsWith(below) || !granted.some((grant) => each.startsWith(grant.prefix))) continue;
        const slash = each.indexOf("/", below.length);
        const parent = slash < 0 ? undefined : each.slice(0, slash + 1);
        if (parent === undefined) {
          entries.push({ name: each, entry: each });
          continue;
        }
        const counted = folders.get(parent) ?? { prefix: parent, files: 0, size: 0 };
        if (counted.files === 0) entries.push({ name: parent, entry: counted });
        counted.files += 1;
        counted.size += [...each].length;
        folders.set(parent, counted);
      }
      entries.sort((one, other) => Buffer.compare(Buffer.from(one.name), Buffer.from(other.name)));
      if (order === "-prefix_path") entries.reverse();
      const prefixes = readablePrefixes(granted, below);
      expect(await listAll({ prefix: below, prefixes, limit, sort: order })).toEqual(entries.map(({ entry }) => entry));
    }),
    { numRuns: 400 },
  );
});

describe("plans", () => {
  beforeEach(async () => {
    await database.query("alter table file disable trigger user"); // Lists do not read the texts for searches.
    await database.query(
      `insert into file (bucket, key, sequencer, size, etag, content_type, date_added)
       select $1, 'folder-' || n % 20 || '/' || md5(n::text), repeat('0', 64), 1, 'e', 't', now()
       from generate_series(1, 40000) n`,
      [bucket],
    );
    await database.query("update file set removed_at = now() where key like 'folder-3/%' and key > 'folder-3/0100'");
    await database.query("alter table file enable trigger user");
    await database.query("vacuum analyze file");
  });
  const page = { prefix: "", prefixes: [""], limit: 100, after: undefined, counts: false } as const;

  it.each(["prefix_path", "-prefix_path"] as const)("read one entry of the index per folder for %s", async (sort) => {
    const nodes = await explain(database.files, bucket, (explaining) => explaining.listFolders({ ...page, sort }));
    expect(nodes.map((node) => node["Node Type"])).not.toContain("Seq Scan");
    const scans = nodes.filter((node) => node["Index Name"] === "file_by_key");
    expect(scans.reduce((sum, node) => sum + node["Actual Rows"] * node["Actual Loops"], 0)).toBeLessThanOrEqual(22);
  });

  it("read one entry of the index per granted prefix", async () => {
    const prefixes = Array.from({ length: 20 }, (_, index) => `folder-${index}/a`).map((prefix) => `${prefix}/`);
    const nodes = await explain(database.files, bucket, (explaining) =>
      explaining.listFolders({ ...page, prefixes, sort: "prefix_path" }),
    );
    expect(nodes.map((node) => node["Node Type"])).not.toContain("Seq Scan");
    expect(rowsRead(nodes)).toBeLessThanOrEqual(20);
  });
});
