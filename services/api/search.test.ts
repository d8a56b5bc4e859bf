import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Grant, readablePrefixes, roles } from "../../lib/users/grants.ts";
import { PostgresFileCatalog } from "./file-catalog.ts";
import type { SearchCursor } from "./search-query.ts";
import { contextOf, createTestApi, recordOf } from "./testing/api.ts";
import { bucket, type CatalogDatabase, useCatalogDatabase } from "./testing/catalog-database.ts";
import { explain, rowsRead } from "./testing/explain.ts";

let database: CatalogDatabase;
useCatalogDatabase((started) => {
  database = started;
});

const insert = (keys: readonly string[]) => database.insert(keys.map((key) => ({ key })));

/** The keys of all matches, page by page. */
const searchAll = async (
  text: string,
  prefixes: readonly string[] = [""],
  limit = 100,
  catalog = database.catalog,
): Promise<string[]> => {
  const found: string[] = [];
  let after: SearchCursor | undefined;
  for (;;) {
    const { matches, more } = await catalog.search({ text, prefixes, limit, after });
    expect(matches.length).toBeLessThanOrEqual(limit);
    found.push(...matches.map(({ file }) => file.prefix_path));
    const last = matches.at(-1);
    if (!more || !last) return found;
    const key = last.file.prefix_path;
    after = { rank: last.rank, length: last.isCommon ? null : [...key].length, key };
  }
};

/** A text that more than three files contain is common. */
const smallCatalog = () => new PostgresFileCatalog(database.files.database, bucket, { sample: 8, sorted: 3 });

describe("a search", () => {
  it("returns the best matches first", async () => {
    const best = ["plan", "a/plan", "plan-b", "x/planned", "aplan", "the plan", "plan/a", "b/plans/c"];
    await insert(best.toReversed());
    expect(await searchAll("plan")).toEqual(best);
    expect(await searchAll("PLAN", ["b/", "x/"])).toEqual(["x/planned", "b/plans/c"]);
    expect(await searchAll("plan", [])).toEqual([]);
  });

  it.each([
    ["CAFE", "Menü/Cafe\u0301.txt"],
    ["café", "Menü/Cafe\u0301.txt"],
    ["menu/ca", "Menü/Cafe\u0301.txt"],
    ["lodz", "Łódź"],
    ["STRASSE", "straße"],
    ["σ", "ΩΣ"],
    ["日本", "日本語.txt"],
    ["語", "日本語.txt"],
    ["ё", "ЁЛКА"],
    ["елка", "ЁЛКА"],
    ["100%", "100% of_it\\now"],
    ["f_i", "100% of_it\\now"],
    ["t\\n", "100% of_it\\now"],
    ["🎉", "party 🎉"],
    [" ", "party 🎉"],
    ["e", "é"],
  ])("for %s finds the key %s", async (text, key) => {
    await insert([key]);
    expect(await searchAll(text)).toEqual([key]);
  });

  it.each(["_", "%", "a%c", "a_c", "\\", "a\\"])("takes wildcards literally: %s", async (text) => {
    await insert(["abc", "x/abc"]);
    expect(await searchAll(text)).toEqual([]);
  });

  it("finds neither removed files nor those of another bucket", async () => {
    await insert(["plan", "plan 2"]);
    await database.query("update file set removed_at = now() where key = 'plan'");
    await database.query("update file set bucket = 'other' where key = 'plan 2'");
    expect(await searchAll("plan")).toEqual([]);
  });

  it("finds texts whose normal form is longer than the index entry of a name", async () => {
    const text = "\ufdfa".repeat(100);
    await insert([`${text}x`, text, `${text.slice(1)}y`]);
    expect(await searchAll(text)).toEqual([text, `${text}x`]);
  });

  it("returns every readable match once and in order, for any text, grants and page size", async () => {
    const folder = fc.constantFrom("", "a/", "B/", "a/a/", "é/", "ab/", "a-/", "%/");
    const unit = fc.constantFrom("a", "B", "b", "/", "é", "e", "%", "_", "\\", "🎉", ".");
    const name = fc.string({ unit, minLength: 1, maxLength: 5 });
    const key = fc
      .tuple(folder, name)
      .map((parts) => parts.join(""))
      .filter((text) => !text.startsWith("/"));
    const grants = fc.oneof(
      fc.constant<Grant[]>([{ role: "reader", prefix: "" }]),
      fc.array(fc.record({ role: fc.constantFrom(...roles), prefix: folder }), { maxLength: 4 }),
    );
    const keys = fc.uniqueArray(key, { maxLength: 16 });
    const text = fc.string({ unit, minLength: 1, maxLength: 4 });
    const prefix = fc.oneof(fc.constant(""), folder);
    const fold = (value: string): string =>
      value
        .normalize("NFKD")
        .replace(/\p{Mn}/gu, "")
        .toLowerCase();
    const nameOf = (each: string): string => fold(each.slice(each.lastIndexOf("/") + 1));
    const compare = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
    const rankOf = (each: string, searched: string): number => {
      const base = nameOf(each);
      if (base === searched) return 0;
      if (base.startsWith(searched)) return 1;
      if (base.includes(searched)) return 2;
      return fold(each).includes(searched) ? 3 : 4;
    };
    await fc.assert(
      fc.asyncProperty(
        keys,
        grants,
        text,
        fc.integer({ min: 1, max: 5 }),
        prefix,
        async (stored, granted, ...query) => {
          const [searched, limit, below] = query;
          await database.clear();
          await insert(stored);
          const expected = stored
            .filter((each) => each.startsWith(below) && granted.some((grant) => each.startsWith(grant.prefix)))
            .map((each) => ({ key: each, rank: rankOf(each, fold(searched)), length: [...each].length }))
            .filter(({ rank }) => rank < 4)
            .sort(
              (one, other) =>
                one.rank - other.rank ||
                (one.rank === 1 ? compare(nameOf(one.key), nameOf(other.key)) : 0) ||
                one.length - other.length ||
                compare(one.key, other.key),
            )
            .map((match) => match.key);
          const prefixes = readablePrefixes(granted, below);
          expect(await searchAll(searched, prefixes, limit)).toEqual(expected);

          // Common texts: the same files in the same order of ranks, and in one order for every page size.
          const common = await searchAll(searched, prefixes, limit, smallCatalog());
          expect(common.toSorted()).toEqual(expected.toSorted());
          const ranksOf = (found: readonly string[]) => found.map((each) => rankOf(each, fold(searched)));
          expect(ranksOf(common)).toEqual(ranksOf(expected));
          expect(await searchAll(searched, prefixes, limit + 1, smallCatalog())).toEqual(common);
        },
      ),
      { numRuns: 200 },
    );
  });
});

it("reads few entries of indexes, for rare and common texts, whatever they are correlated with", async () => {
  const files = 12_000;
  const limits = { sample: 500, sorted: 1_000 };
  // The last third of the keys, which are also the longest, contains texts that the others do not.
  await database.query(
    `insert into file (bucket, key, sequencer, size, etag, content_type, date_added)
     select $1, 'Fotos/' || lpad((n / 240)::text, 2, '0') || '/IMG ' || md5(n::text)
         || case when n >= $2 * 2 / 3 then ' (edited).jpeg' else '.jpg' end,
       repeat('0', 64), 1, 'e', 't', now()
     from generate_series(0, $2::int - 1) n`,
    [bucket, files],
  );
  await database.query("vacuum analyze file, file_search");
  await database.query("set enable_seqscan = off"); // So few files are read as fast without an index.
  const texts = ["img", "jpg", "edited", "jpeg", "fotos", "fotos/4", "/4", "a", "invoice", "zz", "0a1b2c"];
  for (const { prefixes, maximum } of [
    { prefixes: [""], maximum: 2 * (limits.sample + limits.sorted) },
    // The planner can also read the texts of all files, of which there are so few.
    { prefixes: ["Fotos/10/", "Fotos/3"], maximum: files },
  ]) {
    for (const text of texts) {
      const page = { text, prefixes, limit: 10, after: undefined };
      const nodes = await explain(database.files, bucket, (explaining) => explaining.search(page), limits);
      expect(nodes.map((node) => node["Node Type"])).not.toContain("Seq Scan");
      expect(rowsRead(nodes), `${text} below ${prefixes}`).toBeLessThan(maximum);
    }
  }
});

describe("GET /api/search", () => {
  it("returns records, and links to the next page with the same text", async () => {
    const { send, catalog: fake } = createTestApi();
    fake.page = { files: [recordOf("a/ü&plan")], more: true };
    const first = await send("GET /api/search", { query: "q=%C3%BC%26&limit=1&prefix=a/" });
    expect(JSON.parse(first.body ?? "")).toMatchObject([{ url: "https://files.example.com/a/%C3%BC%26plan" }]);
    expect(fake.lastSearchQuery).toEqual({ text: "ü&", prefixes: ["a/"], limit: 1, after: undefined });
    const [, query = ""] = /^<\/api\/search\?(.*)>; rel="next"$/.exec(first.headers.link ?? "") ?? [];
    expect((await send("GET /api/search", { query })).statusCode).toBe(200);
    expect(fake.lastSearchQuery).toMatchObject({ after: { rank: 0, length: 8, key: "a/ü&plan" } });
    const parameters = new URLSearchParams(query);
    parameters.set("q", "other");
    const other = await send("GET /api/search", { query: String(parameters) });
    expect(JSON.parse(other.body ?? "")).toMatchObject({ status: 400, parameter: "cursor" });
  });

  it("finds nothing without a grant, without a query", async () => {
    const { send, calls } = createTestApi();
    const context = contextOf({ grants: [{ role: "reader", prefix: "team/" }] });
    expect(await send("GET /api/search", { query: "q=a&prefix=other/", context })).toMatchObject({ body: "[]" });
    expect(calls).toEqual({ bucket: 0, catalog: 0 });
  });

  const cursor = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

  it.each([
    ["", "q"],
    ["q=", "q"],
    [`q=${"a".repeat(101)}`, "q"],
    ["q=a%00", "q"],
    ["q=a%0A", "q"],
    ["q=a&limit=0", "limit"],
    ["q=a&limit=1001", "limit"],
    ["q=a&prefix=%01", "prefix"],
    ["q=a&cursor=x", "cursor"],
    [`q=a&cursor=${cursor("search", "a", 4, 1, "a")}`, "cursor"],
    [`q=a&cursor=${cursor("search", "a", 0, -1, "a")}`, "cursor"],
    [`q=a&cursor=${cursor("search", "a", 0, 2 ** 31, "a")}`, "cursor"],
    [`q=a&cursor=${cursor("search", "a", 0, 1, "\0")}`, "cursor"],
    [`q=a&cursor=${cursor("search", "a", 1, null, "a")}`, "cursor"],
  ])("rejects the parameters %s", async (query, parameter) => {
    const response = await createTestApi().send("GET /api/search", { query });
    expect(JSON.parse(response.body ?? "")).toMatchObject({ status: 400, code: "InvalidParameter", parameter });
  });

  it.each(["a".repeat(100), "🎉".repeat(100)])("accepts 100 characters: %s", async (text) => {
    const query = new URLSearchParams({ q: text });
    expect((await createTestApi().send("GET /api/search", { query: String(query) })).statusCode).toBe(200);
  });
});
