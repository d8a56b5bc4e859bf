import { describe, expect, it } from "vitest";
import {
  crumbsOf,
  encodeKey,
  findKeyFault,
  findNameFault,
  folderOf,
  freeKey,
  nameOf,
  normalizeFolder,
} from "./keys.ts";

it.each([
  ["a/b/c.txt", "c.txt", "a/b/"],
  ["c.txt", "c.txt", ""],
  ["a/b/", "b", "a/"],
  ["a/", "a", ""],
])("%s has the name %s in the folder %j", (key, name, folder) => {
  expect(nameOf(key)).toBe(name);
  expect(folderOf(key)).toBe(folder);
});

it("lists the folders from the root to a folder", () => {
  expect(crumbsOf("")).toEqual([]);
  expect(crumbsOf("a/b c/")).toEqual([
    { name: "a", prefix: "a/" },
    { name: "b c", prefix: "a/b c/" },
  ]);
});

it("encodes a key for a URL", () => {
  expect(encodeKey("ä b/c?#(1).txt")).toBe("%C3%A4%20b/c%3F%23%281%29.txt");
});

describe("findNameFault", () => {
  it.each(["report.pdf", "日本", "a b", "..."])("accepts %s", (name) => {
    expect(findNameFault(name, "folder/")).toBeUndefined();
  });

  it.each(["", "a/b", "..", ".", "a\nb", "x".repeat(1020), "\ud800"])("explains what is wrong with %j", (name) => {
    expect(findNameFault(name, "folder/")).toMatch(/^[A-Z].*\.$/);
  });
});

it("finds folders without a name in a key", () => {
  expect(findKeyFault("a//b")).toMatch(/folder/);
  expect(findKeyFault("a/b/c")).toBeUndefined();
});

it.each([
  ["", ""],
  [" / ", ""],
  ["/a/b//", "a/b/"],
  ["a", "a/"],
])("reads the entered folder %j as %j", (text, prefix) => {
  expect(normalizeFolder(text)).toBe(prefix);
});

it("finds a name that is not taken, before the extension", () => {
  expect(freeKey("a/report.tar.gz", () => false)).toBe("a/report.tar (2).gz");
  expect(freeKey(".env", (key) => key === ".env (2)")).toBe(".env (3)");
});
