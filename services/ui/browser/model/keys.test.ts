import { describe, expect, it } from "vitest";
import { crumbsOf, explainKeyFault, explainNameFault, folderOf, freeKey, nameOf, normalizeFolder } from "./keys.ts";

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

describe("explainNameFault", () => {
  it.each(["report.pdf", "日本", "a b", "..."])("accepts %s", (name) => {
    expect(explainNameFault(name, "folder/")).toBeUndefined();
  });

  it.each(["", "a/b", "..", ".", "a\nb", "x".repeat(1020), "\ud800"])("explains what is wrong with %j", (name) => {
    expect(explainNameFault(name, "folder/")).toMatch(/^[A-Z].*\.$/);
  });
});

it("finds folders without a name in a key", () => {
  expect(explainKeyFault("a//b")).toMatch(/folder/);
  expect(explainKeyFault("a/b/c")).toBeUndefined();
});

it.each([
  ["", ""],
  [" / ", ""],
  ["/a/b//", "a/b/"],
  ["a", "a/"],
])("reads the entered folder %j as %j", (text, prefix) => {
  expect(normalizeFolder(text)).toBe(prefix);
});

it("finds a name that is not taken, before the extension", async () => {
  expect(await freeKey("a/report.tar.gz", async () => false)).toBe("a/report.tar (2).gz");
  expect(await freeKey(".env", async (key) => key === ".env (2)")).toBe(".env (3)");
});
