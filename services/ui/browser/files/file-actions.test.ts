import { beforeEach, expect, it } from "vitest";
import { ApiError } from "../api/api-error.ts";
import type { Change } from "../model/changes.ts";
import { type FileEntry, folderEntry } from "../model/entries.ts";
import { nameOf } from "../model/keys.ts";
import type { Notice } from "../model/notices.ts";
import { FileActions } from "./file-actions.ts";

const file = (key: string): FileEntry => ({
  kind: "file",
  key,
  name: nameOf(key),
  size: 1,
  modified: "2026-01-01T00:00:00.000Z",
  type: "text/plain",
});

let existing: Map<string, number>;
let undeletable: Set<string>;
/** Key → status. */
let refused: Map<string, number>;
let changes: Change[];
let good: { readonly text: string; readonly action: Notice["action"] }[];
let bad: string[];
let actions: FileActions;

beforeEach(() => {
  existing = new Map();
  undeletable = new Set();
  refused = new Map();
  changes = [];
  good = [];
  bad = [];
  actions = new FileActions({
    files: {
      downloadLink: async () => ({ url: "", expires_in: 0 }),
      readVersion: async () => new Blob(),
      filesIn: async (prefix) => [...existing.keys()].filter((key) => key.startsWith(prefix)).map(file),
      delete: async (keys) => keys.filter((key) => undeletable.has(key)),
      undelete: async (key) => {
        const size = existing.get(key);
        return size === undefined ? undefined : { version: "1", date: "", size, latest: false, deleted: false };
      },
      move: async (_, to) => {
        const status = refused.get(to);
        if (status !== undefined) throw new ApiError("No.", { status });
      },
      restore: () => Promise.reject(new ApiError("Not this one.", { status: 403 })),
    },
    listing: { change: (...added) => void changes.push(...added) },
    notices: { good: (text, action) => void good.push({ text, action }), bad: (text) => void bad.push(text) },
    now: () => 0,
  });
});

it("deletes a folder, and restores its files with their sizes", async () => {
  existing = new Map([
    ["a/1", 10],
    ["a/b/2", 20],
  ]);
  await actions.delete([folderEntry("a/")]);
  expect(changes).toEqual([{ kind: "removed", key: "a/", at: 0 }]);
  expect(good.map(({ text }) => text)).toEqual(["Deleted 2 files."]);
  changes = [];
  good[0]?.action?.run();
  await expect.poll(() => good.at(-1)?.text).toBe("Restored 2 files.");
  expect(changes).toMatchObject([
    { kind: "added", file: { key: "a/1", size: 10 } },
    { kind: "added", file: { key: "a/b/2", size: 20 } },
  ]);
});

it("keeps what could not be deleted in the list", async () => {
  undeletable.add("a");
  await actions.delete([file("a"), file("b")]);
  expect(changes).toMatchObject([{ kind: "removed", key: "b" }]);
  expect(bad).toEqual(["1 file could not be deleted. Try again."]);
  expect(good.map(({ text }) => text)).toEqual(["Deleted b."]);
});

it("says what could not be restored", async () => {
  existing.set("a", 1);
  await actions.delete([file("a"), file("b")]);
  good.pop()?.action?.run();
  await expect.poll(() => good.map(({ text }) => text)).toEqual(["Restored a."]);
  expect(bad).toEqual(["1 file could not be restored."]);
});

it("moves the files of a folder", async () => {
  existing = new Map([
    ["a/1", 10],
    ["a/b/2", 20],
  ]);
  await actions.move(folderEntry("a/"), "c/d/");
  expect(changes).toMatchObject([
    { kind: "removed", key: "a/1" },
    { kind: "added", file: { key: "c/d/1", name: "1" } },
    { kind: "removed", key: "a/b/2" },
    { kind: "added", file: { key: "c/d/b/2" } },
    { kind: "removed", key: "a/" },
  ]);
  expect([good.map(({ text }) => text), bad]).toEqual([["Moved 2 files to c/d/."], []]);
});

it("keeps the files of a folder whose new keys are taken", async () => {
  existing = new Map([
    ["a/1", 10],
    ["a/2", 20],
  ]);
  refused.set("b/1", 409);
  await actions.move(folderEntry("a/"), "b/");
  expect(changes.map((change) => (change.kind === "removed" ? change.key : change.file.key))).toEqual(["a/2", "b/2"]);
  expect(good.map(({ text }) => text)).toEqual(["Moved 1 file to b/."]);
  expect(bad).toEqual(["1 file remained, because the folder b/ has files of these names."]);
});

it("shows what it has moved of a folder before a failure", async () => {
  existing = new Map([
    ["a/1", 10],
    ["a/2", 20],
  ]);
  refused.set("b/2", 503);
  await expect(actions.move(folderEntry("a/"), "b/")).rejects.toThrow("No.");
  expect(good.map(({ text }) => text)).toEqual(["Moved 1 file to b/."]);
});

it("leaves the failure of a move to its form, and shows other failures", async () => {
  refused.set("b", 403);
  await expect(actions.move(file("a"), "b")).rejects.toThrow("No.");
  await actions.restore(file("a"), "1", 1);
  expect(bad).toEqual(["Not this one."]);
  expect(changes).toEqual([]);
});
