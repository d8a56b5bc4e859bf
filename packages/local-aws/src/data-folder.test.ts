import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readAccessKey } from "./access-key.ts";
import { type FileSystem, prepareDataFolder, removeDataFolder } from "./data-folder.ts";
import { DamagedFileError, DataFolderError } from "./runtime/local-aws-error.ts";

const folder = mkdtempSync(join(tmpdir(), "local-aws-data-"));
afterAll(() => rmSync(folder, { recursive: true }));

const failing = (code: string) => () => {
  throw Object.assign(new Error(code), { code });
};
const files: FileSystem = { create: () => {}, checkWritable: () => {}, freeBytes: () => 1e9 };

it("creates the folder and those above it", () => {
  const path = join(folder, "new", "data");
  prepareDataFolder(path);
  expect(existsSync(path)).toBe(true);
});

it("rejects a file, and a folder below a file", () => {
  const path = join(folder, "file");
  writeFileSync(path, "");
  expect(() => prepareDataFolder(path)).toThrow(
    new DataFolderError(`The data folder ${path} is not a folder (EEXIST).`),
  );
  expect(() => prepareDataFolder(join(path, "data"))).toThrow("is not a folder (ENOTDIR).");
});

it.each([
  [{ ...files, create: failing("EROFS") }, "cannot be written: the file system is read-only (EROFS)."],
  [{ ...files, checkWritable: failing("EACCES") }, "cannot be written: permission denied (EACCES)."],
  [{ ...files, create: failing("ENOSPC") }, "cannot be written: no space is left on the disk (ENOSPC)."],
  [{ ...files, freeBytes: () => 3e6 }, "is full: 3 MB are free, and at least 100 MB are required (ENOSPC)."],
])("rejects a folder that cannot be used: %#", (fileSystem, expected) => {
  expect(() => prepareDataFolder("/data", fileSystem)).toThrow(DataFolderError);
  expect(() => prepareDataFolder("/data", fileSystem)).toThrow(expected);
});

it("throws any other error unchanged", () => {
  expect(() => prepareDataFolder("/data", { ...files, create: failing("EMFILE") })).toThrow(/^EMFILE$/);
});

it("names a damaged file", () => {
  const path = join(folder, "access-key.json");
  writeFileSync(path, '{"accessKeyId":');
  expect(() => readAccessKey(folder)).toThrow(DamagedFileError);
  expect(() => readAccessKey(folder)).toThrow(`${path} is damaged: Unexpected end of JSON input.`);
});

it("deletes the data of a local AWS with its folder", () => {
  const path = join(folder, "deployed");
  mkdirSync(join(path, "s3", "bucket"), { recursive: true });
  readAccessKey(path);
  writeFileSync(join(path, "ports.jsonl.new"), "");
  expect(removeDataFolder(path)).toEqual([]);
  expect(existsSync(path)).toBe(false);
});

it("does not delete the files of others", () => {
  const path = join(folder, "shared");
  mkdirSync(join(path, "s3"), { recursive: true });
  mkdirSync(join(path, "photos"));
  writeFileSync(join(path, "letter.txt"), "");
  expect(removeDataFolder(path).toSorted()).toEqual(["letter.txt", "photos"]);
  expect(readdirSync(path).toSorted()).toEqual(["letter.txt", "photos"]);
});
