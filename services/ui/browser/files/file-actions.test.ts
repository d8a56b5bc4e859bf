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
let changes: Change[];
let good: { readonly text: string; readonly action: Notice["action"] }[];
let bad: string[];
let actions: FileActions;

beforeEach(() => {
  existing = new Map();
  undeletable = new Set();
  changes = [];
  good = [];
  bad = [];
  actions = new FileActions({
    files: {
      link: async () => ({ url: "", expires_in: 0 }),
      readVersion: async () => new Blob(),
      keysIn: async (prefix) => [...existing.keys()].filter((key) => key.startsWith(prefix)),
      delete: async (keys) => keys.filter((key) => undeletable.has(key)),
      undelete: async (key) => {
        const size = existing.get(key);
        return size === undefined ? undefined : { version: "1", date: "", size, latest: false, deleted: false };
      },
      move: () => Promise.reject(new ApiError("No.", { status: 403 })),
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

it("leaves the failure of a move to its form, and shows other failures", async () => {
  await expect(actions.move(file("a"), "b")).rejects.toThrow("No.");
  await actions.restore(file("a"), "1", 1);
  expect(bad).toEqual(["Not this one."]);
  expect(changes).toEqual([]);
});
