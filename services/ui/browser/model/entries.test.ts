import { expect, it } from "vitest";
import { entryIn, type FileEntry, folderEntry, nextSort, sortEntries } from "./entries.ts";
import { nameOf } from "./keys.ts";

const file = (key: string, size = 1, modified = "2026-01-01T00:00:00.000Z"): FileEntry => ({
  kind: "file",
  key,
  name: nameOf(key),
  size,
  modified,
  type: "text/plain",
});
const entries = [file("b", 1, "2026-01-03"), folderEntry("z/"), file("a", 3, "2026-01-02"), folderEntry("y/")];
const keys = (field: "name" | "size" | "modified", descending: boolean) =>
  sortEntries(entries, { field, descending }).map(({ key }) => key);

it("sorts folders by name before files", () => {
  expect(keys("name", false)).toEqual(["y/", "z/", "a", "b"]);
  expect(keys("name", true)).toEqual(["z/", "y/", "b", "a"]);
  expect(keys("size", true)).toEqual(["y/", "z/", "a", "b"]);
  expect(keys("modified", true)).toEqual(["y/", "z/", "b", "a"]);
});

it("begins with the order in which one looks for a file, and reverses it the second time", () => {
  const byName = { field: "name", descending: false } as const;
  expect(nextSort(byName, "name")).toEqual({ field: "name", descending: true });
  expect(nextSort(byName, "modified")).toEqual({ field: "modified", descending: true });
});

it("finds the row of a folder in which a file is", () => {
  expect(entryIn("a/", file("a/b.txt"))).toMatchObject({ kind: "file", key: "a/b.txt" });
  expect(entryIn("a/", file("a/b/c/d.txt"))).toEqual(folderEntry("a/b/"));
  expect(entryIn("a/", file("b/c.txt"))).toBeUndefined();
  expect(entryIn("a/", file("a/"))).toBeUndefined();
});
