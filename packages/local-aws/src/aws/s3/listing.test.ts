import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Listing, type ListingQuery, listPage } from "./listing.ts";
import { SortedKeys } from "./sorted-keys.ts";

/** Few characters, so that prefixes and delimiters match. UTF-16 and UTF-8 order the last two differently. */
const key = fc
  .array(fc.constantFrom("a", "b", "/", "é", "\uff5e", "😀"), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(""));
const part = fc.oneof(fc.constant(""), key);

const query = fc.record({
  prefix: part,
  delimiter: fc.constantFrom("", "/", "b", "/a"),
  after: part,
});

interface Entry {
  readonly name: string;
  readonly isPrefix: boolean;
}

/** The complete listing by definition, without an index. */
function model(keys: readonly string[], { prefix, delimiter, after }: Omit<ListingQuery, "maximum">): Entry[] {
  const entries = keys
    .filter((candidate) => candidate.startsWith(prefix))
    .map((candidate) => {
      const at = delimiter === "" ? -1 : candidate.indexOf(delimiter, prefix.length);
      return at < 0
        ? { name: candidate, isPrefix: false }
        : { name: candidate.slice(0, at + delimiter.length), isPrefix: true };
    })
    .filter(({ name }) => after === "" || Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0);
  const unique = new Map(entries.map((entry) => [`${entry.isPrefix} ${entry.name}`, entry]));
  return [...unique.values()].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

function pages(
  keys: SortedKeys,
  start: Omit<ListingQuery, "maximum">,
  maximum: number,
  hidden: Set<string>,
): Entry[][] {
  const result: Entry[][] = [];
  for (let after: string | undefined = start.after; after !== undefined; ) {
    const page: Listing<Entry> = listPage(keys, { ...start, after, maximum }, (name) =>
      hidden.has(name) ? [] : [{ name, isPrefix: false }],
    );
    const prefixes = page.commonPrefixes.map((name) => ({ name, isPrefix: true }));
    result.push([...page.items, ...prefixes].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))));
    after = page.next?.name;
  }
  return result;
}

describe("listing", () => {
  it("returns the complete listing in pages, all of them full except the last", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { maxLength: 30 }),
        query,
        fc.integer({ min: 1, max: 7 }),
        fc.func(fc.boolean()),
        (keys, start, maximum, isHidden) => {
          const hidden = new Set(keys.filter((name) => isHidden(name)));
          const listed = pages(new SortedKeys(keys), start, maximum, hidden);
          expect(listed.flat()).toEqual(
            model(
              keys.filter((name) => !hidden.has(name)),
              start,
            ),
          );
          for (const page of listed.slice(0, -1)) expect(page).toHaveLength(maximum);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("ends a page within the items of a key and continues there", () => {
    const keys = new SortedKeys(["a", "b"]);
    const itemsOf = (name: string) => [`${name}1`, `${name}2`, `${name}3`];
    const query = { prefix: "", delimiter: "", after: "", maximum: 2 };
    const first = listPage(keys, query, itemsOf);
    expect(first).toMatchObject({ items: ["a1", "a2"], next: { name: "a", item: "a2" } });
    const second = listPage(keys, { ...query, after: "a" }, itemsOf, ["a3"]);
    expect(second).toMatchObject({ items: ["a3", "b1"], next: { name: "b", item: "b1" } });
  });

  it("returns an empty last page for a maximum of 0", () => {
    const keys = new SortedKeys(["a"]);
    const nothing = { prefix: "", delimiter: "", after: "", maximum: 0 };
    expect(listPage(keys, nothing, (name) => [name])).toEqual({ items: [], commonPrefixes: [], next: undefined });
  });
});

describe("sorted keys", () => {
  it("stay sorted by UTF-8 bytes as keys are added and removed", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.boolean())), (steps) => {
        const sorted = new SortedKeys();
        const expected = new Set<string>();
        for (const [name, add] of steps) {
          if (add) sorted.add(name);
          else sorted.remove(name);
          if (add) expected.add(name);
          else expected.delete(name);
        }
        const all = Array.from({ length: sorted.length }, (_, index) => sorted.at(index));
        expect(all).toEqual([...expected].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });
});
